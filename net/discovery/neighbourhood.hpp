// The nodes that announcements tell of, without any network. The same node shows up once for every
// interface and address family; here its sightings become one neighbour with several addresses.
// Everything that comes in is hostile: counts are limited, text is not interpreted. Not
// thread-safe.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "store/base/signing.hpp"

namespace hearth::discovery {

struct neighbour {
  node_id node;
  std::string name;
};

struct address {
  std::string host;  // literal; link-local IPv6 with %interface
  std::uint16_t port = 0;
  auto operator<=>(const address&) const = default;
};

struct event {
  enum class kind { found, updated, lost };
  kind what = kind::found;
  neighbour who;
  std::vector<address> addresses;  // best first; empty when lost
};

/// IPv4 before IPv6 before link-local IPv6 before loopback: lower is better.
int rank_of(const address& where);

class neighbourhood {
 public:
  static constexpr std::size_t most_sightings = 1024;
  static constexpr std::size_t most_addresses = 8;  // of one node in an event

  /// place names one appearance: interface, family and service name. Gives what changed, if
  /// anything did; beyond most_sightings new places are ignored.
  std::vector<event> seen(const std::string& place, const neighbour& who, const address& where);
  std::vector<event> gone(const std::string& place);

  /// After the daemon was restarted: what is not seen between the two calls is gone at the second.
  void begin_round();
  std::vector<event> end_round();

  std::size_t size() const { return sightings_.size(); }

 private:
  struct sighting {
    neighbour who;
    address where;
    bool fresh = true;
  };
  std::optional<event> view(const node_id& node) const;
  std::vector<event> change(const std::set<node_id>& nodes, const std::function<void()>& apply);
  std::map<std::string, sighting> sightings_;
};

}  // namespace hearth::discovery
