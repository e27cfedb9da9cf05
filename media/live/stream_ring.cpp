#include "media/live/stream_ring.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace hearth::live {
namespace {

namespace asio = boost::asio;

constexpr std::size_t bookkeeping_bytes = 128;  // an entry beside its payload

std::size_t index_of(track_kind kind) {
  return static_cast<std::size_t>(kind);
}

}  // namespace

/// A sleeping consumer: cancelling the timer, on the consumer's strand, wakes it.
struct stream_ring::waiter {
  explicit waiter(const asio::any_io_executor& on) : timer(on) {}
  asio::steady_timer timer;
};

stream_ring::~stream_ring() = default;

void stream_ring::on_config(const track_config& config) {
  waiters sleeping;
  {
    std::lock_guard lock(mutex_);
    if (end_) return;
    auto shared = std::make_shared<const track_config>(config);
    newest_[index_of(config.kind)] = shared;
    const auto cost = config.record.size();
    push(std::move(shared), newest_dts_ms_, cost);
    sleeping.swap(waiting_);
  }
  wake(std::move(sleeping));
}

void stream_ring::on_packet(const packet& packet) {
  waiters sleeping;
  {
    std::lock_guard lock(mutex_);
    if (end_) return;
    const bool has_video = newest_[index_of(track_kind::video)] != nullptr;
    if (packet.key_frame && (packet.kind == track_kind::video || !has_video)) {
      start_ = next_number();
      at_start_ = newest_;
    }
    newest_dts_ms_ = packet.dts_ms;
    push(packet, packet.dts_ms, packet.payload ? packet.payload->size() : 0);
    sleeping.swap(waiting_);
  }
  wake(std::move(sleeping));
}

void stream_ring::on_end(end_reason reason, std::string_view text) {
  waiters sleeping;
  {
    std::lock_guard lock(mutex_);
    if (end_) return;
    end_ = stream_end{reason, std::string(text)};
    sleeping.swap(waiting_);
  }
  wake(std::move(sleeping));
}

ring_cursor stream_ring::join(const asio::any_io_executor& executor) {
  return {shared_from_this(), executor};
}

std::optional<stream_end> stream_ring::ended() const {
  std::lock_guard lock(mutex_);
  return end_;
}

std::vector<shared_config> stream_ring::configs() const {
  std::lock_guard lock(mutex_);
  std::vector<shared_config> out;
  std::copy_if(newest_.begin(), newest_.end(), std::back_inserter(out),
               [](const shared_config& config) { return config != nullptr; });
  return out;
}

std::size_t stream_ring::kept_bytes() const {
  std::lock_guard lock(mutex_);
  return bytes_;
}

std::size_t stream_ring::cursors_waiting() const {
  std::lock_guard lock(mutex_);
  return waiting_.size();
}

void stream_ring::push(ring_item item, std::int64_t dts_ms, std::size_t cost) {
  cost += bookkeeping_bytes;
  entries_.push_back({std::move(item), dts_ms, cost});
  bytes_ += cost;
  trim();
}

void stream_ring::trim() {
  while (entries_.size() > 1) {
    const auto& oldest = entries_.front();
    const auto span = milliseconds(newest_dts_ms_ - oldest.dts_ms);
    const bool before_start = start_ && first_number_ < *start_;
    const bool too_much = bytes_ > limits_.max_bytes || span > limits_.max_span;
    if (!too_much && !(before_start && span > limits_.slack)) return;
    if (start_ && *start_ == first_number_) start_.reset();  // newcomers wait for the next one
    bytes_ -= oldest.cost;
    entries_.pop_front();
    ++first_number_;
  }
}

void stream_ring::wake(waiters sleeping) {
  for (auto& each : sleeping) {
    const auto executor = each->timer.get_executor();
    asio::post(executor, [each = std::move(each)] { each->timer.cancel(); });
  }
}

ring_cursor::ring_cursor(std::shared_ptr<stream_ring> ring, const asio::any_io_executor& executor)
    : ring_(std::move(ring)), waiter_(std::make_shared<stream_ring::waiter>(executor)) {}

void ring_cursor::rejoin() {
  place_.reset();
}

result<std::size_t> ring_cursor::try_read(std::vector<ring_item>& out, std::size_t most) {
  std::lock_guard lock(ring_->mutex_);
  return read_locked(out, most);
}

result<std::size_t> ring_cursor::read_locked(std::vector<ring_item>& out, std::size_t most) {
  auto& ring = *ring_;
  const auto before = out.size();
  if (!place_) {
    if (!ring.start_) {
      if (ring.end_) return errc::ended;
      return std::size_t{0};
    }
    for (const auto& config : ring.at_start_) {
      if (config) out.emplace_back(config);
    }
    place_ = ring.start_;
  }
  if (*place_ < ring.first_number_) return errc::lagged;
  const auto from = static_cast<std::size_t>(*place_ - ring.first_number_);
  const auto count = std::min(most, ring.entries_.size() - from);
  for (std::size_t i = 0; i < count; ++i)
    out.push_back(ring.entries_[from + i].item);
  *place_ += count;
  if (out.size() == before && ring.end_) return errc::ended;
  return out.size() - before;
}

awaitable<result<std::size_t>> ring_cursor::read(std::vector<ring_item>& out, std::size_t most,
                                                 milliseconds limit) {
  const auto ring = ring_;
  const auto waiter = waiter_;
  waiter->timer.expires_after(limit);
  while (true) {
    {
      std::lock_guard lock(ring->mutex_);
      auto got = read_locked(out, most);
      if (!got || *got > 0) co_return got;
      ring->waiting_.push_back(waiter);
    }
    error_code woken;
    co_await waiter->timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    {
      std::lock_guard lock(ring->mutex_);
      std::erase(ring->waiting_, waiter);
    }
    const auto state = co_await asio::this_coro::cancellation_state;
    const bool over = !woken || state.cancelled() != asio::cancellation_type::none;
    if (over) co_return try_read(out, most);
  }
}

}  // namespace hearth::live
