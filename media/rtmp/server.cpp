#include "media/rtmp/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <mutex>

#include "media/rtmp/connection.hpp"
#include "store/base/log.hpp"
#include "store/base/task_group.hpp"
#include "store/base/with_timeout.hpp"

namespace hearth::rtmp {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr milliseconds pause_after_failure{100};  // out of descriptors: others must end first

}  // namespace

struct server::state {
  state(asio::any_io_executor on, connection::surroundings surroundings)
      : executor(on),
        around(std::make_shared<const connection::surroundings>(std::move(surroundings))),
        acceptor(asio::make_strand(on)),
        tasks("rtmp", around->options.max_connections + 1) {}

  asio::any_io_executor executor;
  std::shared_ptr<const connection::surroundings> around;
  tcp::acceptor acceptor;
  tcp::endpoint bound;
  task_group tasks;
  std::mutex mutex;
  std::map<std::string, std::size_t> by_address;

  bool enter(const std::string& address) {
    std::lock_guard lock(mutex);
    auto& count = by_address[address];
    if (count >= around->options.max_per_address) return false;
    ++count;
    return true;
  }

  void leave(const std::string& address) {
    std::lock_guard lock(mutex);
    const auto found = by_address.find(address);
    if (--found->second == 0) by_address.erase(found);
  }

  static awaitable<void> accept_all(std::shared_ptr<state> self);
  static awaitable<void> serve(std::shared_ptr<state> self, tcp::socket socket,
                               std::string address);
  static void take(const std::shared_ptr<state>& self, tcp::socket socket);
};

awaitable<void> server::state::accept_all(std::shared_ptr<state> self) {
  co_await asio::this_coro::throw_if_cancelled(false);
  while (true) {
    const auto strand = asio::make_strand(self->executor);
    auto [failed, socket] =
        co_await self->acceptor.async_accept(strand, asio::as_tuple(asio::use_awaitable));
    const auto now = co_await asio::this_coro::cancellation_state;
    if (now.cancelled() != asio::cancellation_type::none) break;
    if (failed) {
      log::error("rtmp", "accepting a connection failed: " + failed.message());
      co_await sleep_for(pause_after_failure);
    } else {
      take(self, tcp::socket(std::move(socket)));
    }
  }
  error_code ignored;
  self->acceptor.close(ignored);
}

void server::state::take(const std::shared_ptr<state>& self, tcp::socket socket) {
  error_code gone;
  const auto peer = socket.remote_endpoint(gone);
  if (gone) return;
  auto address = peer.address().to_string();
  if (!self->enter(address)) {
    log::warn("rtmp", "too many connections from " + address);
    return;
  }
  const auto executor = socket.get_executor();
  if (auto ok = self->tasks.spawn(executor, "client at " + address,
                                  serve(self, std::move(socket), address));
      !ok) {
    self->leave(address);
    log::warn("rtmp", "connection from " + address + " refused: " + ok.error().message());
  }
}

awaitable<void> server::state::serve(std::shared_ptr<state> self, tcp::socket socket,
                                     std::string address) {
  auto client = std::make_shared<connection>(std::move(socket), self->around, address);
  co_await connection::run(std::move(client));
  self->leave(address);
}

server::server(asio::any_io_executor executor, server_options options, stream_gate& gate,
               const clock& clock, random_source& random)
    : state_(std::make_shared<state>(
          executor, connection::surroundings{std::move(options), gate, clock, random})) {}

server::~server() {
  state_->tasks.cancel();
}

result<void> server::start() {
  const auto& options = state_->around->options;
  error_code failed;
  const auto address = asio::ip::make_address(options.address, failed);
  if (failed) return failed;
  const tcp::endpoint wanted(address, options.port);
  auto& acceptor = state_->acceptor;
  acceptor.open(wanted.protocol(), failed);
  if (!failed) acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
  if (!failed) acceptor.bind(wanted, failed);
  if (!failed) acceptor.listen(tcp::acceptor::max_listen_connections, failed);
  if (!failed) state_->bound = acceptor.local_endpoint(failed);
  if (failed) return failed;
  return state_->tasks.spawn(acceptor.get_executor(), "accept", state::accept_all(state_));
}

tcp::endpoint server::endpoint() const {
  return state_->bound;
}

std::size_t server::connections() const {
  const auto tasks = state_->tasks.size();
  return tasks > 0 ? tasks - 1 : 0;  // one of them accepts
}

awaitable<result<void>> server::stop(milliseconds limit) {
  const auto shared = state_;
  shared->tasks.cancel();
  co_return co_await shared->tasks.join(limit);
}

}  // namespace hearth::rtmp
