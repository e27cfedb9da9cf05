#include "media/packager/hls_store.hpp"

#include <boost/asio/post.hpp>

namespace hearth::packager {
namespace {

using boost::asio::steady_timer;

constexpr std::chrono::seconds segment_max_age{60};

// How far ahead of the newest segment a player may ask (rfc8216bis 6.2.5.2).
constexpr std::uint64_t furthest_ahead = 2;

hls_resource media(std::shared_ptr<const bytes> body) {
  return {std::move(body), "video/mp4", segment_max_age};
}

bool is_cancelled(const boost::asio::cancellation_state& state) {
  return state.cancelled() != boost::asio::cancellation_type::none;
}

void cancel_timer(const std::shared_ptr<steady_timer>& timer) {
  timer->cancel();
}

}  // namespace

struct hls_store::wanted {
  bool now = true;
  bool first_playlist = false;
  hls_position position;
};

// Leaves the waiters however the coroutine ends.
struct hls_store::place_in_line {
  hls_store& store;
  const std::shared_ptr<steady_timer>& timer;
  ~place_in_line() { store.forget(timer); }
};

hls_store::hls_store(const hls_options& options) : options_(options), window_(options) {}
hls_store::~hls_store() {
  close();
}

void hls_store::begin_epoch(std::shared_ptr<const bytes> init) {
  std::vector<waiter> woken;
  {
    const std::lock_guard lock(mutex_);
    window_.begin_epoch(std::move(init));
    woken = take_ready();
  }
  wake(std::move(woken));
}

void hls_store::add_part(hls_part part) {
  std::vector<waiter> woken;
  {
    const std::lock_guard lock(mutex_);
    window_.add_part(std::move(part));
    woken = take_ready();
  }
  wake(std::move(woken));
}

void hls_store::end() {
  std::vector<waiter> woken;
  {
    const std::lock_guard lock(mutex_);
    window_.end_segment();
    window_.set_ended(true);
    woken = take_ready();
  }
  wake(std::move(woken));
}

void hls_store::close() {
  std::vector<waiter> woken;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    woken = take_ready();
  }
  wake(std::move(woken));
}

std::vector<hls_store::waiter> hls_store::take_ready() {
  rendered_.reset();
  const auto first = std::stable_partition(
      waiters_.begin(), waiters_.end(),
      [this](const waiter& one) { return !ready(one.position, one.first_playlist); });
  std::vector<waiter> woken(std::make_move_iterator(first),
                            std::make_move_iterator(waiters_.end()));
  waiters_.erase(first, waiters_.end());
  return woken;
}

// A timer belongs to its waiter's strand, so it is cancelled there.
void hls_store::wake(std::vector<waiter> woken) {
  for (auto& one : woken) {
    auto executor = one.timer->get_executor();
    boost::asio::post(executor, std::bind_front(cancel_timer, std::move(one.timer)));
  }
}

void hls_store::forget(const std::shared_ptr<steady_timer>& timer) {
  const std::lock_guard lock(mutex_);
  std::erase_if(waiters_, [&timer](const waiter& one) { return one.timer == timer; });
}

bool hls_store::ready(const hls_position& position, bool first_playlist) const {
  if (closed_ || window_.ended()) return true;
  if (first_playlist && !window_.playable()) return false;
  return window_.holds(position);
}

result<hls_store::wanted> hls_store::what_to_wait_for(const hls_name& name,
                                                      const hls_query& query) const {
  wanted want;
  if (name.kind == hls_kind::part) {
    want.position = {name.number, name.part};
    // Only the part that the playlist hints at is worth a wait; others are there or are not.
    want.now = name.number != window_.next_number() || name.part != window_.growing_parts();
    return want;
  }
  if (name.kind != hls_kind::playlist) return want;
  want.first_playlist = !window_.playable();
  if (query.msn) {
    if (*query.msn > window_.next_number() + furthest_ahead) return errc::bad_request;
    want.position = {*query.msn, query.part.value_or(hls_position::whole)};
    want.now = false;
  } else {
    want.now = window_.playable();
    want.position = {0, hls_position::whole};
  }
  return want;
}

result<hls_resource> hls_store::find(const hls_name& name) const {
  std::shared_ptr<const bytes> body;
  switch (name.kind) {
    case hls_kind::playlist:
      return playlist_resource();
    case hls_kind::init:
      body = window_.init(name.number);
      break;
    case hls_kind::segment:
      body = window_.segment(name.number);
      break;
    case hls_kind::part:
      body = window_.part(name.number, name.part);
      break;
  }
  if (body == nullptr) return errc::not_found;
  return media(std::move(body));
}

result<hls_resource> hls_store::playlist_resource() const {
  if (!window_.playable()) return errc::not_found;
  if (rendered_ == nullptr) {
    const auto text = window_.playlist();
    const auto view = as_bytes(text);
    rendered_ = std::make_shared<const bytes>(view.begin(), view.end());
  }
  return hls_resource{rendered_, "application/vnd.apple.mpegurl", std::chrono::seconds(0)};
}

awaitable<result<hls_resource>> hls_store::get(hls_name name, hls_query query) {
  auto timer = std::make_shared<steady_timer>(co_await boost::asio::this_coro::executor);
  if (is_cancelled(co_await boost::asio::this_coro::cancellation_state)) co_return errc::closed;
  const place_in_line place{*this, timer};
  {
    const std::lock_guard lock(mutex_);
    if (closed_) co_return errc::closed;
    const auto want = what_to_wait_for(name, query);
    if (!want) co_return want.error();
    if (want->now || ready(want->position, want->first_playlist)) co_return find(name);
    if (waiters_.size() >= options_.most_waiters) co_return errc::too_many_waiters;
    timer->expires_after(window_.target_duration() * 3);
    waiters_.push_back({want->position, want->first_playlist, timer});
  }
  error_code woken;
  co_await timer->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
  if (is_cancelled(co_await boost::asio::this_coro::cancellation_state)) co_return errc::closed;
  const std::lock_guard lock(mutex_);
  if (closed_) co_return errc::closed;
  if (!woken) co_return errc::timed_out;
  co_return find(name);
}

result<std::string> hls_store::playlist() const {
  const std::lock_guard lock(mutex_);
  const auto resource = playlist_resource();
  if (!resource) return resource.error();
  return std::string(as_text(*resource->body));
}

bool hls_store::ended() const {
  const std::lock_guard lock(mutex_);
  return window_.ended();
}

std::size_t hls_store::size_bytes() const {
  const std::lock_guard lock(mutex_);
  return window_.size_bytes();
}

std::size_t hls_store::waiters() const {
  const std::lock_guard lock(mutex_);
  return waiters_.size();
}

}  // namespace hearth::packager
