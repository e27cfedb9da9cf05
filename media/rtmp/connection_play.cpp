// The half of a connection that serves a player.
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "media/rtmp/connection.hpp"
#include "media/rtmp/player_batch.hpp"

namespace hearth::rtmp {
namespace {

namespace asio = boost::asio;
using asio::experimental::awaitable_operators::operator||;

constexpr auto tuple_awaitable = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t player_buffer_bytes = 4096;
constexpr std::size_t most_items = 128;  // of one write
constexpr milliseconds ring_wait{1000};
constexpr auto no_deadline = milliseconds(std::chrono::hours(24 * 365));

}  // namespace

awaitable<void> connection::play() {
  const auto state = co_await asio::this_coro::cancellation_state;
  if (state.cancelled() != asio::cancellation_type::none) co_return;
  buffer_.resize(player_buffer_bytes);
  buffer_.shrink_to_fit();
  cursor_.emplace(ring_->join(socket_.get_executor()));
  set_deadline(around_->now.steady() + no_deadline, "");
  co_await (listen_to_player() || pump());
}

/// Acknowledgements, pings, and the end.
awaitable<void> connection::listen_to_player() {
  co_await asio::this_coro::throw_if_cancelled(false);
  while (!session_.closing()) {
    if (!co_await read_some()) co_return;
    const auto got = byte_view(buffer_).first(buffered_);
    co_await take(got);
  }
}

awaitable<void> connection::pump() {
  co_await asio::this_coro::throw_if_cancelled(false);
  player_batch batch(session_.media_stream(), session_.writer().chunk_bytes());
  std::vector<live::ring_item> items;
  while (!session_.closing()) {
    items.clear();
    const auto got = co_await cursor_->read(items, most_items, ring_wait);
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) co_return;
    if (!got && got.error() == live::errc::lagged) {
      cursor_->rejoin();  // goes on at the newest key frame
    } else if (!got) {
      reason_ = "the stream has ended";
      session_.end_play();
    }
    if (session_.has_output()) batch.add_raw(session_.take_output());
    batch.add(items);
    if (!batch.empty() && !co_await write_batch(batch)) co_return;
  }
}

awaitable<bool> connection::write_batch(player_batch& batch) {
  set_deadline(around_->now.steady() + around_->options.write_deadline, "the player does not read");
  const auto pieces = batch.buffers();
  const auto [failed, count] = co_await asio::async_write(socket_, pieces, tuple_awaitable);
  set_deadline(around_->now.steady() + no_deadline, "");
  batch.clear();
  if (failed && reason_.empty()) reason_ = "the client closed the connection";
  co_return !failed;
}

}  // namespace hearth::rtmp
