#include "net/transport/dial.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/strand.hpp>

#include "net/transport/shake.hpp"
#include "store/base/run_on.hpp"
#include "store/base/with_timeout.hpp"

namespace hearth::transport {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
constexpr auto token = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t most_addresses = 8;
constexpr milliseconds connect_deadline{3'000};  // for one address of several

/// What a name lookup leaves behind. It outlives the wait: getaddrinfo cannot be interrupted, so
/// that at the deadline it is left to end by itself.
struct lookup {
  explicit lookup(const asio::any_io_executor& executor)
      : resolver(executor), done(executor, asio::steady_timer::time_point::max()) {}
  tcp::resolver resolver;
  asio::steady_timer done;
  std::vector<tcp::endpoint> found;
};

awaitable<std::vector<tcp::endpoint>> resolve(std::string host, std::uint16_t port) {
  error_code error;
  const auto literal = asio::ip::make_address(host, error);
  if (!error) co_return std::vector{tcp::endpoint(literal, port)};
  const auto executor = co_await asio::this_coro::executor;
  const auto search = std::make_shared<lookup>(executor);
  auto on_found = [search](error_code, const tcp::resolver::results_type& results) {
    for (const auto& entry : results) {
      if (search->found.size() < most_addresses) search->found.push_back(entry.endpoint());
    }
    search->done.cancel();
  };
  search->resolver.async_resolve(host, std::to_string(port), tcp::resolver::numeric_service,
                                 std::move(on_found));
  co_await search->done.async_wait(token);
  co_return std::exchange(search->found, {});
}

awaitable<result<void>> connect_one(tcp::socket& socket, tcp::endpoint address) {
  error_code ignored;
  socket.close(ignored);
  const auto [error] = co_await socket.async_connect(address, token);
  if (error) co_return errc::unreachable;
  co_return result<void>{};
}

awaitable<result<void>> connect_any(tcp::socket& socket, std::vector<tcp::endpoint> addresses) {
  if (addresses.empty()) co_return errc::not_resolved;
  for (const auto& address : addresses) {
    auto attempt = connect_one(socket, address);
    if (co_await with_timeout(std::move(attempt), connect_deadline)) co_return result<void>{};
  }
  co_return errc::unreachable;
}

awaitable<result<void>> reach_and_shake(tcp::socket& socket, handshake& machine, std::string host,
                                        std::uint16_t port) {
  auto addresses = co_await resolve(std::move(host), port);
  auto connected = co_await connect_any(socket, std::move(addresses));
  if (!connected) co_return connected.error();
  co_return co_await shake_hands(socket, machine, true);
}

awaitable<result<std::shared_ptr<link>>> dial_there(std::shared_ptr<const link_context> context,
                                                    task_group& tasks, dial_target target) {
  tcp::socket socket(co_await asio::this_coro::executor);
  auto machine = handshake::initiator(*context, target.use, target.expected);
  auto attempt = reach_and_shake(socket, machine, std::move(target.host), target.port);
  const auto done = co_await with_timeout(std::move(attempt), target.deadline);
  if (!done) co_return done.error();
  // Only now, so that a deadline that comes at the same moment leaves no link behind.
  co_return link::open(std::move(socket), machine.finish(), std::move(context), tasks);
}

}  // namespace

awaitable<result<std::shared_ptr<link>>> dial(asio::any_io_executor executor,
                                              std::shared_ptr<const link_context> context,
                                              task_group& tasks, dial_target target) {
  const asio::any_io_executor strand = asio::make_strand(executor);
  auto work = dial_there(std::move(context), tasks, std::move(target));
  co_return co_await await_on(strand, std::move(work));
}

}  // namespace hearth::transport
