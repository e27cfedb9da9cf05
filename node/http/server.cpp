#include "node/http/server.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "node/http/connection.hpp"
#include "node/http/local_address.hpp"
#include "store/base/clock.hpp"
#include "store/base/log.hpp"
#include "store/base/task_group.hpp"
#include "store/base/with_timeout.hpp"

namespace hearth::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using local = asio::local::stream_protocol;

constexpr int backlog = 128;

caller caller_of(tcp::socket& socket) {
  error_code failed;
  const auto peer = socket.remote_endpoint(failed);
  if (failed) return {role::none, way_in::network, "unknown"};
  auto address = peer.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  }
  const bool here = address.is_loopback();
  return {here ? role::owner : role::none, here ? way_in::loopback : way_in::network,
          here ? "loopback" : address.to_string()};
}

caller caller_of(local::socket& socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  const bool known =
      ::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0;
  const bool own = known && (peer.uid == ::geteuid() || peer.uid == 0);
  return {own ? role::owner : role::none, way_in::local_socket, "local socket"};
}

void prepare(tcp::socket& socket) {
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
}
void prepare(local::socket&) {}

errc listen_error(error_code failed) {
  return failed == asio::error::address_in_use ? errc::address_in_use : errc::listen_failed;
}

/// Whether a process answers at the socket.
bool answers(asio::any_io_executor io, const local::endpoint& at) {
  local::socket probe(io);
  error_code failed;
  probe.connect(at, failed);
  return !failed;
}

}  // namespace

bool server_state::enter(const std::string& address, const std::shared_ptr<connection>& one) {
  std::lock_guard lock(mutex);
  auto& count = by_address[address];
  if (open.size() >= options.connections || count >= options.connections_per_address) {
    if (count == 0) by_address.erase(address);
    return false;
  }
  ++count;
  open.insert(one);
  return true;
}

void server_state::leave(const std::string& address, const std::shared_ptr<connection>& one) {
  std::lock_guard lock(mutex);
  open.erase(one);
  const auto found = by_address.find(address);
  if (found != by_address.end() && --found->second == 0) by_address.erase(found);
}

struct server::impl : std::enable_shared_from_this<impl> {
  impl(asio::any_io_executor io_, std::shared_ptr<server_state> state_)
      : io(std::move(io_)),
        strand(asio::make_strand(io)),
        state(std::move(state_)),
        accepting("http-accept", 16),
        connections("http", state->options.connections + 64) {}

  template <class Acceptor>
  awaitable<void> accept_loop(std::shared_ptr<Acceptor> acceptor);
  template <class Socket>
  void take(Socket socket);

  asio::any_io_executor io;
  asio::any_io_executor strand;
  std::shared_ptr<server_state> state;
  std::vector<std::shared_ptr<tcp::acceptor>> tcp_acceptors;
  std::vector<std::shared_ptr<local::acceptor>> local_acceptors;
  std::vector<std::filesystem::path> local_paths;
  task_group accepting;
  task_group connections;
};

template <class Socket>
void server::impl::take(Socket socket) {
  prepare(socket);
  auto who = caller_of(socket);
  const auto executor = socket.get_executor();
  const auto address = who.address;
  auto one = std::make_shared<connection>(stream::socket(std::move(socket)), std::move(who), state);
  if (!state->enter(address, one)) {
    ++state->refused;
    one->refuse();
    return;
  }
  ++state->taken;
  if (!connections.spawn(executor, "connection of " + address, one->run())) {
    state->leave(address, one);
  }
}

template <class Acceptor>
awaitable<void> server::impl::accept_loop(std::shared_ptr<Acceptor> acceptor) {
  const auto self = shared_from_this();
  while (!state->stopping) {
    typename Acceptor::protocol_type::socket socket(asio::any_io_executor(asio::make_strand(io)));
    error_code failed;
    co_await acceptor->async_accept(socket, asio::redirect_error(asio::use_awaitable, failed));
    if (failed == asio::error::operation_aborted) break;
    if (failed) {
      log::warn("http", "taking a connection failed: " + failed.message());
      co_await sleep_for(std::chrono::milliseconds(100));
      continue;
    }
    take(std::move(socket));
  }
}

server::server(asio::any_io_executor io, std::shared_ptr<const router> routes,
               server_options options) {
  auto state = std::make_shared<server_state>();
  state->options = std::move(options);
  state->routes = std::move(routes);
  impl_ = std::make_shared<impl>(std::move(io), std::move(state));
}

server::~server() {
  impl_->accepting.cancel();
  impl_->connections.cancel();
  for (const auto& path : impl_->local_paths)
    ::unlink(path.c_str());
}

result<tcp::endpoint> server::listen_tcp(const std::string& address, std::uint16_t port) {
  error_code failed;
  const auto ip = asio::ip::make_address(address, failed);
  if (failed) return errc::bad_address;
  const tcp::endpoint at(ip, port);
  auto acceptor = std::make_shared<tcp::acceptor>(impl_->strand);
  acceptor->open(at.protocol(), failed);
  if (!failed) acceptor->set_option(tcp::acceptor::reuse_address(true), failed);
  if (!failed) acceptor->bind(at, failed);
  if (!failed) acceptor->listen(backlog, failed);
  if (failed) return listen_error(failed);
  const auto bound = acceptor->local_endpoint(failed);
  if (failed) return errc::listen_failed;
  impl_->tcp_acceptors.push_back(std::move(acceptor));
  return bound;
}

result<void> server::listen_local(const std::filesystem::path& path) {
  const auto address = local_address::of(path);
  if (!address) return errc::listen_failed;
  if (answers(impl_->io, address->endpoint())) return errc::address_in_use;
  ::unlink(path.c_str());
  auto acceptor = std::make_shared<local::acceptor>(impl_->strand);
  error_code failed;
  acceptor->open(local(), failed);
  // The mode of the descriptor becomes that of the socket file, so it is never wider, not even
  // shortly.
  if (!failed && ::fchmod(acceptor->native_handle(), 0600) != 0) return errc::listen_failed;
  if (!failed) acceptor->bind(address->endpoint(), failed);
  if (!failed) acceptor->listen(backlog, failed);
  if (failed) return listen_error(failed);
  impl_->local_acceptors.push_back(std::move(acceptor));
  impl_->local_paths.push_back(path);
  return {};
}

void server::start() {
  for (auto& one : std::exchange(impl_->tcp_acceptors, {})) {
    (void)impl_->accepting.spawn(impl_->strand, "accept", impl_->accept_loop(one));
  }
  for (auto& one : std::exchange(impl_->local_acceptors, {})) {
    (void)impl_->accepting.spawn(impl_->strand, "accept", impl_->accept_loop(one));
  }
}

awaitable<void> server::stop(std::chrono::milliseconds limit) {
  const auto kept = impl_;
  kept->state->stopping = true;
  kept->accepting.cancel();
  (void)co_await kept->accepting.join(std::chrono::seconds(1));
  kept->tcp_acceptors.clear();
  kept->local_acceptors.clear();
  std::vector<std::shared_ptr<connection>> open;
  {
    std::lock_guard lock(kept->state->mutex);
    open.assign(kept->state->open.begin(), kept->state->open.end());
  }
  for (const auto& one : open)
    one->stop_when_idle();
  open.clear();
  const auto deadline = system_clock().steady() + limit;
  while (kept->connections.size() > 0 && system_clock().steady() < deadline) {
    co_await sleep_for(std::chrono::milliseconds(5));
  }
  kept->connections.cancel();
  (void)co_await kept->connections.join(std::chrono::seconds(1));
  for (const auto& path : kept->local_paths)
    ::unlink(path.c_str());
  kept->local_paths.clear();
}

server_counters server::counters() const {
  const auto& state = *impl_->state;
  server_counters out;
  out.connections_open = impl_->connections.size();
  out.connections_taken = state.taken;
  out.connections_refused = state.refused;
  out.requests = state.requests;
  out.answers_4xx = state.answers_4xx;
  out.answers_5xx = state.answers_5xx;
  out.bytes_sent = state.bytes_sent;
  return out;
}

}  // namespace hearth::http
