// Server-sent events (HTML Living Standard, section 9.2). A hub gives each client a bounded queue;
// a client that lets its queue fill up is cut, and its page asks again. Thread-safe.
#pragma once
#include <boost/json/value.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hearth::http {

/// What waits to be sent to one client.
class event_queue {
 public:
  explicit event_queue(std::size_t most_waiting) : most_waiting_(most_waiting) {}

  /// Adds an event; false when the queue is closed, or full, which closes it.
  bool push(std::string_view name, std::string_view data);
  void close();

  /// All that waits, in wire form; nothing when the queue is closed.
  std::optional<std::string> take();
  /// Called (from any thread) when something was added or the queue was closed.
  void on_change(std::function<void()> call);

 private:
  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::string waiting_;
  std::size_t count_ = 0;
  bool closed_ = false;
  std::function<void()> changed_;
};

class event_hub {
 public:
  explicit event_hub(std::size_t most_clients = 128, std::size_t most_waiting = 256)
      : most_clients_(most_clients), most_waiting_(most_waiting) {}

  /// Sends an event to every client, e.g. publish("change", {{"topic", "notes"}, ...}).
  void publish(std::string_view name, const boost::json::value& data);

  /// A queue for a new client, or nothing when there are too many.
  std::shared_ptr<event_queue> subscribe();

  std::size_t clients() const;

 private:
  const std::size_t most_clients_;
  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::vector<std::weak_ptr<event_queue>> queues_;
};

/// An event in wire form.
std::string event_text(std::string_view name, std::string_view data);

}  // namespace hearth::http
