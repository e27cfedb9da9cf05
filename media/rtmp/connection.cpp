#include "media/rtmp/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "store/base/log.hpp"

namespace hearth::rtmp {
namespace {

namespace asio = boost::asio;
using asio::experimental::awaitable_operators::operator||;

constexpr auto tuple_awaitable = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_buffer_bytes = 64 * 1024;

}  // namespace

connection::connection(asio::ip::tcp::socket socket, std::shared_ptr<const surroundings> around,
                       std::string address)
    : socket_(std::move(socket)),
      around_(std::move(around)),
      address_(std::move(address)),
      session_(around_->random),
      timer_(socket_.get_executor()),
      phase_began_(around_->now.steady()) {
  last_data_ms_ = phase_began_.count();
  refresh_deadline();
}

awaitable<void> connection::run(std::shared_ptr<connection> self) {
  co_await asio::this_coro::throw_if_cancelled(false);
  error_code ignored;
  self->socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  co_await (self->serve() || self->watch());
  if (self->reason_.empty()) self->reason_ = "the server is shutting down";
  self->session_.lost(self->reason_);
  self->say_goodbye();
  self->lease_.reset();
  self->socket_.close(ignored);
}

void connection::end(std::string_view code, std::string_view text) {
  auto set = [self = shared_from_this(), why = ending{std::string(code), std::string(text)}] {
    if (self->ending_) return;
    self->ending_ = why;
    error_code ignored;
    if (self->reading_) self->socket_.cancel(ignored);
  };
  asio::post(socket_.get_executor(), std::move(set));
}

/// Ends at the deadline, which takes the other half of run() with it.
awaitable<void> connection::watch() {
  co_await asio::this_coro::throw_if_cancelled(false);
  while (true) {
    const auto left = deadline_ - around_->now.steady();
    if (left <= milliseconds(0)) break;
    timer_.expires_after(left);
    error_code woken;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) co_return;
  }
  if (reason_.empty()) {
    reason_ = deadline_what_;
    is_fault_ = true;
  }
}

void connection::set_deadline(milliseconds at, std::string_view what) {
  const bool sooner = at < deadline_;
  deadline_ = at;
  deadline_what_ = what;
  if (sooner) timer_.cancel();  // the watchdog sleeps too long; it looks again
}

/// The deadline of the phase that the conversation is in.
void connection::refresh_deadline() {
  const auto& options = around_->options;
  if (session_.handshaken() && !was_handshaken_) {
    was_handshaken_ = true;
    phase_began_ = around_->now.steady();
  }
  if (session_.now() == session::role::publisher) {
    phase_began_ = around_->now.steady();  // after this stream it may publish another
    set_deadline(phase_began_ + options.idle_deadline, "the publisher sent nothing");
  } else if (was_handshaken_) {
    set_deadline(phase_began_ + options.command_deadline, "no command to publish or play");
  } else {
    set_deadline(phase_began_ + options.handshake_deadline, "the handshake took too long");
  }
}

awaitable<void> connection::serve() {
  co_await asio::this_coro::throw_if_cancelled(false);
  buffer_.resize(read_buffer_bytes);
  while (!session_.closing()) {
    if (!co_await read_some()) break;
    const auto got = byte_view(buffer_).first(buffered_);
    co_await take(got);
    apply_ending();
    if (!co_await flush()) break;
    if (session_.now() == session::role::player) {
      co_await play();
      break;
    }
    refresh_deadline();
  }
  if (session_.closing()) co_await linger();
}

/// False when the connection is over.
awaitable<bool> connection::read_some() {
  const auto state = co_await asio::this_coro::cancellation_state;
  if (state.cancelled() != asio::cancellation_type::none) co_return false;
  buffered_ = 0;
  if (ending_) co_return true;  // asked for while something else was awaited
  reading_ = true;
  const auto [failed, count] =
      co_await socket_.async_read_some(asio::buffer(buffer_), tuple_awaitable);
  reading_ = false;
  if (!failed) {
    note(count);
    buffered_ = count;
    co_return true;
  }
  if (failed == asio::error::operation_aborted) co_return ending_.has_value();
  if (reason_.empty()) reason_ = "the client closed the connection";
  co_return false;
}

void connection::note(std::size_t count) {
  bytes_received_.fetch_add(count, std::memory_order_relaxed);
  last_data_ms_.store(around_->now.steady().count(), std::memory_order_relaxed);
}

/// Feeds the session, and asks the gate where it stops for that.
awaitable<void> connection::take(byte_view data) {
  while (!session_.closing()) {
    if (auto ok = session_.feed(data); !ok) {
      reason_ = ok.error().message();
      is_fault_ = true;
      session_.fail(ok.error());
      co_return;
    }
    if (session_.asks() == session::question::nothing) break;
    co_await answer();
  }
  const bool unpublished = !label_.empty() && !ring_ && session_.now() == session::role::none;
  if (unpublished && reason_.empty()) reason_ = "the publisher ended the stream";
}

/// What the owner asked for by end().
void connection::apply_ending() {
  if (!ending_ || session_.closing()) return;
  reason_ = ending_->text;
  session_.stop(live::end_reason::stopped, ending_->code, ending_->text);
}

awaitable<void> connection::answer() {
  if (session_.asks() == session::question::publish) {
    co_await answer_publish();
  } else {
    co_await answer_play();
  }
}

awaitable<void> connection::answer_publish() {
  publish_request request;
  request.app = session_.app();
  request.key = session_.stream_name();
  request.client_address = address_;
  request.client_software = session_.software();
  request.control = weak_from_this();
  auto decision = co_await around_->gate.open_publish(std::move(request));
  if (decision.sink) {
    label_ = std::move(decision.label);
    reason_.clear();
    log::info("rtmp", "publisher of " + label_ + " at " + address_ + ", " +
                          log::printable(session_.software(), 60));
    session_.accept_publish(std::move(decision.sink));
  } else {
    reason_ = "publisher refused: " + decision.text;
    is_fault_ = true;
    session_.refuse(decision.code, decision.text);
  }
}

awaitable<void> connection::answer_play() {
  play_request request{session_.app(), session_.stream_name(), address_, session_.software()};
  auto decision = co_await around_->gate.open_play(std::move(request));
  if (decision.ring) {
    label_ = std::move(decision.label);
    lease_ = std::move(decision.lease);
    ring_ = std::move(decision.ring);
    log::debug("rtmp", "player of " + label_ + " at " + address_);
    session_.accept_play();
  } else {
    reason_ = "player refused: " + decision.text;
    session_.refuse(decision.code, decision.text);
  }
}

/// Sends the session's answers; false when the client is gone.
awaitable<bool> connection::flush() {
  while (session_.has_output()) {
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) co_return false;
    const auto out = session_.take_output();
    set_deadline(around_->now.steady() + around_->options.write_deadline,
                 "the client does not read");
    const auto [failed, count] =
        co_await asio::async_write(socket_, asio::buffer(out), tuple_awaitable);
    if (failed) {
      if (reason_.empty()) reason_ = "the client closed the connection";
      co_return false;
    }
  }
  co_return true;
}

/// Gives the client time to read the last words: closing with unread input would make the kernel
/// send a reset, which can overtake them.
awaitable<void> connection::linger() {
  error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  set_deadline(around_->now.steady() + around_->options.linger, "");
  if (reason_.empty()) reason_ = "done";
  while (true) {
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) co_return;
    const auto [failed, count] =
        co_await socket_.async_read_some(asio::buffer(buffer_), tuple_awaitable);
    if (failed) co_return;
  }
}

void connection::say_goodbye() {
  const auto who = (label_.empty() ? std::string("client") : label_) + " at " + address_;
  const auto line = who + " left: " + reason_;
  if (is_fault_) {
    log::warn("rtmp", line);
  } else if (ring_ || label_.empty()) {
    log::debug("rtmp", line);
  } else {
    log::info("rtmp", line);
  }
}

}  // namespace hearth::rtmp
