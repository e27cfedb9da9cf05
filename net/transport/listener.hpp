// Accepts connections, shakes hands and hands on each link that is ready. A stranger is shown
// nothing: after a first message that no gate opens, what he sends is read and dropped until the
// handshake's deadline, then the connection ends without a byte sent.
//
// Threads: the accept loop and every handshake run on strands of their own, in the task group
// given. Cancelled by stop() or the task group; links that were handed on live on.
#pragma once
#include <functional>

#include "net/transport/link.hpp"

namespace hearth::transport {

struct listener_config {
  std::string address = "0.0.0.0";
  std::uint16_t port = 0;  // 0: the system chooses
  std::size_t most_handshakes = 64;
  std::size_t most_handshakes_an_address = 16;
  milliseconds handshake_deadline{5'000};
};

/// What came in since the start.
struct listener_counts {
  std::uint64_t accepted = 0;
  std::uint64_t ready = 0;      // links handed on
  std::uint64_t strangers = 0;  // no gate opened message 1, or nothing came
  std::uint64_t refused = 0;  // knew the secret, but failed later: not a member, wrong version, ...
  std::uint64_t turned_away = 0;  // more handshakes at once than allowed
};

class listener {
 public:
  /// Called on the new link's strand.
  using on_link = std::function<void(std::shared_ptr<link>)>;

  /// Binds and starts to accept. errc::cannot_listen; hearth::errc::malformed for an address that
  /// is none; group_full, group_closed.
  static result<std::shared_ptr<listener>> open(boost::asio::any_io_executor executor,
                                                const listener_config& config,
                                                std::shared_ptr<const link_context> context,
                                                task_group& tasks, on_link ready);
  ~listener();
  listener(const listener&) = delete;
  listener& operator=(const listener&) = delete;

  /// The port that is bound.
  std::uint16_t port() const;
  listener_counts counts() const;
  /// Closes the port; handshakes that have begun may end.
  void stop();

 private:
  struct state;
  explicit listener(std::shared_ptr<state> made);
  std::shared_ptr<state> state_;
};

}  // namespace hearth::transport
