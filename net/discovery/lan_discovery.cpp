#include "net/discovery/lan_discovery.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "net/discovery/avahi_session.hpp"
#include "store/base/log.hpp"

namespace hearth::discovery {
namespace {

constexpr std::size_t most_announcement = 240;
constexpr std::size_t most_foreign = 256;
constexpr milliseconds longest_wait{1'000};
constexpr milliseconds round_time{10'000};  // for all to be resolved again after a restart

/// Says nothing of the node: only unique enough to spare the daemon a renaming.
std::string service_name(random_source& random) {
  std::array<std::uint8_t, 5> raw;
  random.fill(raw);
  return "hearth-" + to_base32(raw);
}

}  // namespace

struct lan_discovery::shared : avahi_session::observer,
                               std::enable_shared_from_this<lan_discovery::shared> {
  shared(boost::asio::any_io_executor to, config from, std::function<void(event)> call)
      : executor(std::move(to)), with(std::move(from)), on_event(std::move(call)) {
    now.why = errc::starting;
    with.announcement.resize(std::min(with.announcement.size(), most_announcement));
  }

  void run();
  void run_session(const std::string& announcement);
  void pause(milliseconds limit);
  bool keep_going() const { return !stopping && !again; }
  void tell(std::vector<event> events);
  void on_seen(const std::string& place, const std::string& announcement,
               const address& where) override;
  void on_gone(const std::string& place) override;
  void on_state(error_code why, const std::string& detail) override;
  void count_foreign();

  boost::asio::any_io_executor executor;
  config with;
  std::function<void(event)> on_event;
  waker wake;
  std::atomic<bool> stopping{false};
  std::atomic<bool> again{false};  // another announcement

  mutable std::mutex mutex;
  std::condition_variable changed;
  status now;
  std::string announcement;  // under the mutex

  // Only on the thread.
  neighbourhood known;
  std::set<std::string> foreign;
  avahi_session* session = nullptr;
  bool was_available = false;

  std::thread thread;
};

/// The thread: one session after another, with longer and longer pauses while they fail.
void lan_discovery::shared::run() {
  auto retry = with.first_retry;
  while (!stopping) {
    again = false;
    was_available = false;
    std::string text;
    {
      std::lock_guard lock(mutex);
      text = announcement;
    }
    run_session(text);
    if (!keep_going()) continue;
    if (was_available) retry = with.first_retry;
    pause(retry);
    retry = std::min(retry * 2, with.longest_retry);
  }
}

void lan_discovery::shared::run_session(const std::string& text) {
  foreign.clear();
  known.begin_round();
  bool round_open = true;
  milliseconds round_end{0};
  avahi_session here(wake, *this, service_name(with.random), with.port, text, with.time);
  session = &here;
  while (keep_going() && here.run_once(longest_wait)) {
    if (!round_open || !here.caught_up()) continue;
    if (round_end.count() == 0) round_end = with.time.steady() + round_time;
    if (with.time.steady() < round_end) continue;
    round_open = false;
    tell(known.end_round());
  }
  session = nullptr;
}

void lan_discovery::shared::pause(milliseconds limit) {
  std::unique_lock lock(mutex);
  changed.wait_for(lock, limit, [this] { return !keep_going(); });
}

void lan_discovery::shared::tell(std::vector<event> events) {
  for (auto& each : events) {
    boost::asio::post(executor, [self = shared_from_this(), what = std::move(each)]() mutable {
      if (!self->stopping) self->on_event(std::move(what));
    });
  }
}

void lan_discovery::shared::on_seen(const std::string& place, const std::string& text,
                                    const address& where) {
  const auto who = with.open(text);
  if (!who) {
    tell(known.gone(place));
    if (foreign.size() < most_foreign) foreign.insert(place);
    count_foreign();
  } else if (who->node != with.self) {
    tell(known.seen(place, *who, where));
    return;
  }
  // Ours or nobody's we know: its changes need not be followed.
  if (session != nullptr) session->forget(place);
}

void lan_discovery::shared::on_gone(const std::string& place) {
  if (foreign.erase(place) > 0) count_foreign();
  tell(known.gone(place));
}

/// Each of them shows up once for every interface and family; the service's name is what they
/// share.
void lan_discovery::shared::count_foreign() {
  std::set<std::string> names;
  for (const auto& place : foreign)
    names.insert(place.substr(place.find(' ', place.find(' ') + 1)));
  std::lock_guard lock(mutex);
  if (stopping) return;
  now.foreign = names.size();
}

void lan_discovery::shared::on_state(error_code why, const std::string& detail) {
  std::lock_guard lock(mutex);
  if (stopping) return;
  const bool news = now.available == static_cast<bool>(why) || now.why != why;
  now.available = !why;
  now.why = why;
  now.detail = detail;
  was_available = was_available || !why;
  if (!news) return;
  if (why) {
    log::warn("discovery", "nodes on the LAN are not found: " + why.message());
  } else {
    log::info("discovery", "announced on the LAN, looking for others");
  }
}

lan_discovery::lan_discovery(std::shared_ptr<shared> made) : shared_(std::move(made)) {}
lan_discovery::~lan_discovery() {
  stop();
}

std::unique_ptr<lan_discovery> lan_discovery::start(boost::asio::any_io_executor executor,
                                                    config with,
                                                    std::function<void(event)> on_event) {
  auto made = std::make_shared<shared>(std::move(executor), std::move(with), std::move(on_event));
  made->announcement = made->with.announcement;
  made->thread = std::thread([made] { made->run(); });
  return std::unique_ptr<lan_discovery>(new lan_discovery(std::move(made)));
}

status lan_discovery::state() const {
  std::lock_guard lock(shared_->mutex);
  return shared_->now;
}

void lan_discovery::announce(std::string announcement) {
  {
    std::lock_guard lock(shared_->mutex);
    announcement.resize(std::min(announcement.size(), most_announcement));
    shared_->announcement = std::move(announcement);
    shared_->again = true;
  }
  shared_->changed.notify_all();
  shared_->wake.wake();
}

void lan_discovery::stop() {
  {
    std::lock_guard lock(shared_->mutex);
    shared_->stopping = true;
    shared_->now = {false, errc::stopped, {}, 0};
  }
  shared_->changed.notify_all();
  shared_->wake.wake();
  if (shared_->thread.joinable()) shared_->thread.join();
}

}  // namespace hearth::discovery
