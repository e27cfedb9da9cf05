// What this node knows about the others: who is linked, who was found, and why somebody is missing.
// Not thread-safe (core strand), but for what says so.
#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "net/transport/link.hpp"
#include "node/peers/address.hpp"

namespace hearth::peers {

enum class peer_state : std::uint8_t { connected, connecting, unreachable };
std::string_view state_name(peer_state state);

/// A node, or an address at which none has answered yet.
struct peer_facts {
  std::optional<node_id> id;
  std::string name;
  peer_state state = peer_state::connecting;
  std::string address;
  std::string found_by;      // "fixed", "mdns", "incoming"
  std::uint64_t behind = 0;  // entries that one side has and the other lacks
  std::optional<milliseconds> rtt;
  std::string why;  // in plain words
};

class peer_table {
 public:
  struct node {
    std::string name;
    std::string found_by;
    std::shared_ptr<transport::link> link;
    std::optional<peer_address> dial_at;  // where it can be dialled
    std::optional<milliseconds> rtt;
    std::string why;
  };
  /// An address that is dialled, and what came of it.
  struct place {
    std::optional<node_id> answered_by;
    std::string found_by;
    std::string why;
  };

  explicit peer_table(node_id self) : self_(self) {}

  /// Makes a link the node's one. False when the present one stays: both ends keep the link that
  /// the node with the smaller id dialled, unless the present one is closed.
  bool adopt(const std::shared_ptr<transport::link>& link, const std::string& name,
             const std::string& found_by, const std::optional<peer_address>& dial_at);
  /// Forgets a link; false when it was not the node's present one.
  bool drop(const std::shared_ptr<transport::link>& link, const std::string& why);

  void note_place(const peer_address& at, place what);
  /// mDNS lists a member of this cluster.
  void note_found(const node_id& id, const std::string& name, const peer_address& at);
  void set_rtt(const node_id& id, milliseconds rtt);
  void set_why(const node_id& id, std::string why);

  std::shared_ptr<transport::link> link_of(const node_id& id) const;
  std::vector<std::shared_ptr<transport::link>> links() const;
  std::vector<peer_facts> facts() const;
  std::size_t connected() const { return links().size(); }

  /// Where a linked node can be dialled for bulk. Any thread.
  std::optional<peer_address> locate(const node_id& id) const;
  /// The name that a node gave itself, or its words. Any thread.
  std::string name_of(const node_id& id) const;
  /// Whether a node is linked. Any thread.
  bool is_linked(const node_id& id) const;

 private:
  bool preferred(const transport::link& link) const;

  const node_id self_;
  std::map<node_id, node> nodes_;
  std::map<peer_address, place> places_;
  mutable std::mutex mutex_;  // guards what follows
  std::map<node_id, std::string> names_;
  std::map<node_id, std::optional<peer_address>> located_;
};

}  // namespace hearth::peers
