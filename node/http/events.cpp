#include "node/http/events.hpp"

#include <boost/json/serialize.hpp>

namespace hearth::http {

std::string event_text(std::string_view name, std::string_view data) {
  std::string out = "event: ";
  out += name;
  out += "\ndata: ";
  for (const char c : data) {
    if (c == '\r') continue;
    out.push_back(c);
    if (c == '\n') out += "data: ";
  }
  out += "\n\n";
  return out;
}

bool event_queue::push(std::string_view name, std::string_view data) {
  std::function<void()> call;
  bool taken = false;
  {
    std::lock_guard lock(mutex_);
    if (closed_) return false;
    if (count_ == most_waiting_) {
      closed_ = true;
      waiting_.clear();
    } else {
      waiting_ += event_text(name, data);
      ++count_;
      taken = true;
    }
    call = changed_;
  }
  if (call) call();
  return taken;
}

void event_queue::close() {
  std::function<void()> call;
  {
    std::lock_guard lock(mutex_);
    if (closed_) return;
    closed_ = true;
    call = changed_;
  }
  if (call) call();
}

std::optional<std::string> event_queue::take() {
  std::lock_guard lock(mutex_);
  if (closed_) return std::nullopt;
  count_ = 0;
  return std::exchange(waiting_, {});
}

void event_queue::on_change(std::function<void()> call) {
  std::lock_guard lock(mutex_);
  changed_ = std::move(call);
}

void event_hub::publish(std::string_view name, const boost::json::value& data) {
  std::vector<std::shared_ptr<event_queue>> present;
  {
    std::lock_guard lock(mutex_);
    for (const auto& one : queues_) {
      if (auto queue = one.lock()) present.push_back(std::move(queue));
    }
  }
  if (present.empty()) return;
  const auto text = boost::json::serialize(data);
  for (const auto& queue : present)
    queue->push(name, text);
}

std::shared_ptr<event_queue> event_hub::subscribe() {
  std::lock_guard lock(mutex_);
  std::erase_if(queues_, [](const auto& one) { return one.expired(); });
  if (queues_.size() >= most_clients_) return nullptr;
  auto queue = std::make_shared<event_queue>(most_waiting_);
  queues_.push_back(queue);
  return queue;
}

std::size_t event_hub::clients() const {
  std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::count_if(queues_.begin(), queues_.end(),
                                                [](const auto& one) { return !one.expired(); }));
}

}  // namespace hearth::http
