#include "net/transport/link.hpp"

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "net/transport/frame_queue.hpp"
#include "net/transport/record.hpp"
#include "store/base/log.hpp"
#include "store/base/with_timeout.hpp"

namespace hearth::transport {
namespace {

namespace asio = boost::asio;
constexpr auto token = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_bytes = 64 * 1024;
constexpr std::size_t batch_bytes = 64 * 1024;

}  // namespace

struct link::state {
  state(socket connected, handshake_outcome agreed, std::shared_ptr<const link_context> with)
      : stream(std::move(connected)),
        wake(stream.get_executor(), asio::steady_timer::time_point::max()),
        changed(stream.get_executor(), asio::steady_timer::time_point::max()),
        context(std::move(with)),
        writer(std::move(agreed.send)),
        reader(std::move(agreed.receive), context->limits.frame_bytes),
        opened(context->time.steady()),
        input(read_bytes),
        queue(context->limits.frame_bytes, context->limits.queue_bytes) {
    info = std::move(agreed);
  }

  // Only on the strand.
  socket stream;
  asio::steady_timer wake;     // ends the writer's wait
  asio::steady_timer changed;  // ends the waits for room
  std::shared_ptr<const link_context> context;
  record_writer writer;
  record_reader reader;
  milliseconds opened;
  bytes input;

  // Never changed.
  handshake_outcome info;
  endpoint remote;

  frame_queue queue;
  std::atomic<std::uint64_t> sent{0};
  std::atomic<std::uint64_t> received{0};
};

link::link(std::unique_ptr<state> made) : state_(std::move(made)) {}
link::~link() = default;

result<std::shared_ptr<link>> link::open(socket connected, handshake_outcome agreed,
                                         std::shared_ptr<const link_context> context,
                                         task_group& tasks) {
  error_code error;
  const auto remote = connected.remote_endpoint(error);
  if (error) return errc::closed;
  connected.set_option(asio::ip::tcp::no_delay(true), error);
  connected.set_option(asio::socket_base::keep_alive(true), error);
  auto made = std::make_unique<state>(std::move(connected), std::move(agreed), std::move(context));
  made->remote = remote;
  std::shared_ptr<link> opened(new link(std::move(made)));
  const auto name = "link to " + opened->peer().words();
  auto spawned = tasks.spawn(opened->executor(), name, write_loop(opened));
  if (!spawned) return spawned.error();
  return opened;
}

const node_id& link::peer() const {
  return state_->info.peer;
}
purpose link::use() const {
  return state_->info.use;
}
std::uint32_t link::epoch() const {
  return state_->info.epoch;
}
std::uint8_t link::version() const {
  return state_->info.version;
}
bool link::outgoing() const {
  return state_->info.outgoing;
}
const link::endpoint& link::remote_address() const {
  return state_->remote;
}
milliseconds link::age() const {
  return state_->context->time.steady() - state_->opened;
}
asio::any_io_executor link::executor() const {
  return state_->stream.get_executor();
}
std::uint64_t link::sent_bytes() const {
  return state_->sent;
}
std::uint64_t link::received_bytes() const {
  return state_->received;
}

bool link::closed() const {
  return state_->queue.closed();
}
error_code link::reason() const {
  return state_->queue.reason();
}
std::size_t link::queued_bytes() const {
  return state_->queue.size_bytes();
}

result<void> link::send(bytes frame) {
  return enqueue(frame);
}

/// Leaves the frame as it was unless it was queued.
result<void> link::enqueue(bytes& frame) {
  const auto first = state_->queue.push(frame);
  if (!first) return first.error();
  if (*first) asio::post(executor(), [self = shared_from_this()] { self->state_->wake.cancel(); });
  return {};
}

awaitable<result<void>> link::send_when_room(bytes frame, milliseconds limit) {
  const auto self = shared_from_this();
  const auto& clock = state_->context->time;
  const auto end = clock.steady() + limit;
  while (true) {
    const auto sent = enqueue(frame);
    if (sent || sent.error() != errc::queue_full) co_return sent;
    if (queued_bytes() == 0) co_return sent;  // larger than the whole queue
    const auto left = end - clock.steady();
    if (left <= milliseconds(0)) co_return hearth::errc::timed_out;
    co_await wait_for_change(left);
  }
}

awaitable<result<void>> link::flush(milliseconds limit) {
  const auto self = shared_from_this();
  const auto& clock = state_->context->time;
  const auto end = clock.steady() + limit;
  while (true) {
    if (closed()) co_return errc::closed;
    if (queued_bytes() == 0) co_return result<void>{};
    const auto left = end - clock.steady();
    if (left <= milliseconds(0)) co_return hearth::errc::timed_out;
    co_await wait_for_change(left);
  }
}

awaitable<void> link::wait_for_change(milliseconds limit) {
  auto change = wait_on(state_->changed);
  co_await with_timeout(std::move(change), limit);
}

awaitable<result<void>> link::wait_on(asio::steady_timer& timer) {
  co_await timer.async_wait(token);
  co_return result<void>{};
}

awaitable<result<bytes>> link::receive_frame(milliseconds limit) {
  const auto self = shared_from_this();
  const auto& clock = state_->context->time;
  const auto end = clock.steady() + limit;
  while (true) {
    if (closed()) co_return reason();
    auto frame = state_->reader.next_frame();
    if (!frame) {
      finish(frame.error());
      co_return frame.error();
    }
    if (*frame) {
      state_->received += (*frame)->size();
      co_return std::move(**frame);
    }
    const auto left = end - clock.steady();
    if (left <= milliseconds(0)) co_return hearth::errc::timed_out;
    auto reading = read_some();
    auto got = co_await with_timeout(std::move(reading), left);
    if (!got) co_return got.error();
  }
}

/// Passes what came to the reader itself, so that nothing is lost when the deadline comes at the
/// same moment.
awaitable<result<void>> link::read_some() {
  const auto self = shared_from_this();
  const auto [error, count] =
      co_await state_->stream.async_read_some(asio::buffer(state_->input), token);
  if (error == asio::error::operation_aborted) co_return errc::closed;  // by us, or cancelled
  if (error) {
    finish(state_->reader.inside() ? errc::cut_short : errc::closed);
    co_return reason();
  }
  auto fed = state_->reader.feed(byte_view(state_->input).first(count));
  if (!fed) finish(fed.error());
  co_return fed;
}

awaitable<result<void>> link::write_batch(bytes batch) {
  bytes sealed;
  if (auto done = state_->writer.seal(batch, sealed); !done) co_return done;
  const auto [error, count] =
      co_await asio::async_write(state_->stream, asio::buffer(sealed), token);
  if (error) co_return errc::closed;
  co_return result<void>{};
}

awaitable<void> link::write_loop(std::shared_ptr<link> self) {
  co_await asio::this_coro::throw_if_cancelled(false);
  auto& my = *self->state_;
  while (!self->closed()) {
    if ((co_await asio::this_coro::cancellation_state).cancelled() !=
        asio::cancellation_type::none) {
      break;
    }
    if (my.queue.empty()) {
      co_await my.wake.async_wait(token);
      continue;
    }
    auto batch = my.queue.take(batch_bytes);
    const auto size = batch.size();
    auto writing = self->write_batch(std::move(batch));
    const auto written =
        co_await with_timeout(std::move(writing), my.context->limits.write_deadline);
    if (!written) {
      self->finish(written.error());
      break;
    }
    my.sent += size;
    my.queue.written(size);
    my.changed.cancel();
  }
  self->finish(errc::closed);
}

void link::close(error_code reason) {
  state_->queue.close(reason);
  asio::post(executor(), [self = shared_from_this(), reason] { self->finish(reason); });
}

/// On the strand.
void link::finish(error_code reason) {
  state_->queue.close(reason);
  error_code ignored;
  state_->stream.close(ignored);
  state_->wake.cancel();
  state_->changed.cancel();
}

}  // namespace hearth::transport
