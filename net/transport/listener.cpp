#include "net/transport/listener.hpp"

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/strand.hpp>
#include <map>

#include "net/transport/shake.hpp"
#include "store/base/log.hpp"
#include "store/base/with_timeout.hpp"

namespace hearth::transport {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
constexpr auto token = asio::as_tuple(asio::use_awaitable);
constexpr milliseconds pause_after_failure{100};  // e.g. no descriptors left

/// Counts the handshakes at once, in all and by address. Thread-safe.
class gatekeeper {
 public:
  gatekeeper(std::size_t most, std::size_t most_an_address)
      : most_(most), most_an_address_(most_an_address) {}

  bool enter(const asio::ip::address& from) {
    std::lock_guard lock(mutex_);
    if (all_ >= most_) return false;
    auto& here = by_address_[from];
    if (here >= most_an_address_) return false;
    ++here;
    ++all_;
    return true;
  }

  void leave(const asio::ip::address& from) {
    std::lock_guard lock(mutex_);
    --all_;
    if (const auto at = by_address_.find(from); at != by_address_.end() && --at->second == 0) {
      by_address_.erase(at);
    }
  }

 private:
  std::mutex mutex_;
  std::size_t most_;
  std::size_t most_an_address_;
  std::size_t all_ = 0;
  std::map<asio::ip::address, std::size_t> by_address_;
};

}  // namespace

struct listener::state : std::enable_shared_from_this<listener::state> {
  state(const asio::any_io_executor& executor, const listener_config& from)
      : config(from),
        acceptor(asio::make_strand(executor)),
        base(executor),
        door(from.most_handshakes, from.most_handshakes_an_address) {}

  listener_config config;
  tcp::acceptor acceptor;
  asio::any_io_executor base;
  gatekeeper door;
  std::shared_ptr<const link_context> context;
  task_group* tasks = nullptr;
  on_link ready;
  std::uint16_t port = 0;
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> made{0};
  std::atomic<std::uint64_t> strangers{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> turned_away{0};

  result<void> bind();
  static awaitable<void> accept_loop(std::shared_ptr<state> self);
  static awaitable<void> meet(std::shared_ptr<state> self, tcp::socket socket,
                              asio::ip::address from);
  static awaitable<result<void>> shake_or_drain(tcp::socket& socket, handshake& machine,
                                                error_code& verdict);
  void admit(tcp::socket socket);
  void note_failure(error_code why, const asio::ip::address& from);
};

result<void> listener::state::bind() {
  error_code error;
  const auto address = asio::ip::make_address(config.address, error);
  if (error) return hearth::errc::malformed;
  const tcp::endpoint endpoint(address, config.port);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (!error) port = acceptor.local_endpoint(error).port();
  if (error) return errc::cannot_listen;
  return {};
}

awaitable<void> listener::state::accept_loop(std::shared_ptr<state> self) {
  co_await asio::this_coro::throw_if_cancelled(false);
  while (self->acceptor.is_open()) {
    asio::any_io_executor strand = asio::make_strand(self->base);
    auto [error, socket] = co_await self->acceptor.async_accept(strand, token);
    if (error == asio::error::operation_aborted) break;
    if (error) {
      log::warn("links", "cannot accept a connection: " + error.message());
      co_await sleep_for(pause_after_failure);
      continue;
    }
    self->admit(std::move(socket));
  }
  error_code ignored;
  self->acceptor.close(ignored);
}

void listener::state::admit(tcp::socket socket) {
  ++accepted;
  error_code error;
  const auto from = socket.remote_endpoint(error).address();
  if (error) return;
  if (!door.enter(from)) {
    ++turned_away;
    return;
  }
  const auto strand = socket.get_executor();
  auto task = meet(shared_from_this(), std::move(socket), from);
  if (!tasks->spawn(strand, "handshake with " + from.to_string(), std::move(task))) {
    ++turned_away;
    door.leave(from);
  }
}

/// A stranger gets nothing but time: his bytes are dropped until the deadline.
awaitable<result<void>> listener::state::shake_or_drain(tcp::socket& socket, handshake& machine,
                                                        error_code& verdict) {
  const auto done = co_await shake_hands(socket, machine, false);
  verdict = done ? error_code{} : done.error();
  if (verdict == errc::stranger) co_await drain(socket);
  co_return done;
}

awaitable<void> listener::state::meet(std::shared_ptr<state> self, tcp::socket socket,
                                      asio::ip::address from) {
  co_await asio::this_coro::throw_if_cancelled(false);
  auto machine = handshake::responder(*self->context);
  error_code verdict = errc::stranger;  // said nothing until the deadline
  auto shaking = shake_or_drain(socket, machine, verdict);
  const auto done = co_await with_timeout(std::move(shaking), self->config.handshake_deadline);
  self->door.leave(from);
  if (!done) {
    self->note_failure(verdict ? verdict : done.error(), from);
    co_return;
  }
  auto opened = link::open(std::move(socket), machine.finish(), self->context, *self->tasks);
  if (!opened) {
    self->note_failure(opened.error(), from);
    co_return;
  }
  ++self->made;
  self->ready(std::move(*opened));
}

void listener::state::note_failure(error_code why, const asio::ip::address& from) {
  const bool unknown = why == errc::stranger || why == errc::unanswered;
  ++(unknown ? strangers : refused);
  log::debug("links", "no link with " + from.to_string() + ": " + why.message());
}

listener::listener(std::shared_ptr<state> made) : state_(std::move(made)) {}
listener::~listener() {
  stop();
}

result<std::shared_ptr<listener>> listener::open(asio::any_io_executor executor,
                                                 const listener_config& config,
                                                 std::shared_ptr<const link_context> context,
                                                 task_group& tasks, on_link ready) {
  auto made = std::make_shared<state>(executor, config);
  made->context = std::move(context);
  made->tasks = &tasks;
  made->ready = std::move(ready);
  if (auto bound = made->bind(); !bound) return bound.error();
  auto loop = state::accept_loop(made);
  auto spawned = tasks.spawn(made->acceptor.get_executor(), "accepting links", std::move(loop));
  if (!spawned) return spawned.error();
  return std::shared_ptr<listener>(new listener(std::move(made)));
}

std::uint16_t listener::port() const {
  return state_->port;
}

listener_counts listener::counts() const {
  return {state_->accepted, state_->made, state_->strangers, state_->refused, state_->turned_away};
}

void listener::stop() {
  asio::post(state_->acceptor.get_executor(), [shared = state_] {
    error_code ignored;
    shared->acceptor.close(ignored);
  });
}

}  // namespace hearth::transport
