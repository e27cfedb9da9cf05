// One connection to the Avahi daemon, from its start to its first failure: publishes, browses and
// resolves. Internal to net/discovery; the only file with avahi_session.cpp that calls libavahi.
// Used by one thread.
#pragma once
#include <memory>
#include <mutex>
#include <string>

#include "net/discovery/lan_discovery.hpp"

namespace hearth::discovery {

/// Ends a session's wait from another thread.
class waker {
 public:
  void wake();

 private:
  friend class avahi_session;
  void attach(void* loop);
  std::mutex mutex_;
  void* loop_ = nullptr;  // the session's AvahiSimplePoll, while there is one
};

class avahi_session {
 public:
  /// What a session tells its owner, during run_once().
  struct observer {
    virtual ~observer() = default;
    virtual void on_seen(const std::string& place, const std::string& announcement,
                         const address& where) = 0;
    virtual void on_gone(const std::string& place) = 0;
    /// Published or not, and why not.
    virtual void on_state(error_code why, const std::string& detail) = 0;
  };

  static constexpr std::size_t most_instances = 768;  // the daemon allows a client 1,024 objects

  avahi_session(waker& with, observer& to, std::string service_name, std::uint16_t port,
                std::string announcement, const clock& time);
  ~avahi_session();
  avahi_session(const avahi_session&) = delete;
  avahi_session& operator=(const avahi_session&) = delete;

  /// Waits for events for at most so long and handles them; false when the session has failed.
  bool run_once(milliseconds longest);
  /// Whether everything that the daemon knew at the start has been shown.
  bool caught_up() const;
  /// Stops following an instance that does not concern us.
  void forget(const std::string& place);

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace hearth::discovery
