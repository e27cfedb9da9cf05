// Announces this node on the LAN and finds others: DNS-SD service _hearth._tcp by mDNS, through the
// machine's Avahi daemon (docs/protocols/discovery.md). While there is no daemon the node runs on;
// state() says so, and it is tried again for ever.
//
// What is found may be gone: mDNS keeps a node whose cable was cut for up to two minutes and
// longer. Whether a node is there, only a link to it tells. Threads: Avahi's calls block, so that
// they have a thread of their own, joined by stop(). Events are posted to the executor given (a
// strand), in order. Member functions may be called from anywhere.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>

#include "net/discovery/errc.hpp"
#include "net/discovery/neighbourhood.hpp"
#include "store/base/clock.hpp"

namespace hearth::discovery {

struct config {
  node_id self;              // its own announcements are ignored
  std::uint16_t port = 0;    // where links are taken
  std::string announcement;  // what others open; at most 240 characters
  /// Who made an announcement; nothing for those of other clusters. Called on discovery's thread
  /// with text of at most 255 characters from anybody.
  std::function<std::optional<neighbour>(std::string_view)> open;
  random_source& random = system_random();
  const clock& time = system_clock();
  milliseconds first_retry{1'000};  // doubled after each failure
  milliseconds longest_retry{30'000};
};

struct status {
  bool available = false;
  error_code why;           // while not available
  std::string detail;       // Avahi's own words, for a log or a hint
  std::size_t foreign = 0;  // announcements that could not be opened: nodes of other clusters
};

class lan_discovery {
 public:
  /// Starts its thread. on_event is called on executor.
  static std::unique_ptr<lan_discovery> start(boost::asio::any_io_executor executor, config with,
                                              std::function<void(event)> on_event);
  ~lan_discovery();
  lan_discovery(const lan_discovery&) = delete;
  lan_discovery& operator=(const lan_discovery&) = delete;

  status state() const;
  /// Announces something else from now on, and looks at everything anew: after a new secret.
  void announce(std::string announcement);
  /// Says goodbye and joins the thread; no event after it. Waits for a daemon that hangs: up to 25
  /// s (D-Bus's own limit).
  void stop();

 private:
  struct shared;
  explicit lan_discovery(std::shared_ptr<shared> made);
  std::shared_ptr<shared> shared_;
};

}  // namespace hearth::discovery
