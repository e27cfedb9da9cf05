#include "net/transport/shake.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace hearth::transport {
namespace {

namespace asio = boost::asio;
constexpr auto token = asio::as_tuple(asio::use_awaitable);

awaitable<result<void>> send_message(asio::ip::tcp::socket& socket, byte_view message) {
  byte_writer out;
  out.u16(static_cast<std::uint16_t>(message.size()));
  out.raw(message);
  const auto [error, count] = co_await asio::async_write(socket, asio::buffer(out.view()), token);
  if (error) co_return errc::unanswered;
  co_return result<void>{};
}

awaitable<result<bytes>> read_message(asio::ip::tcp::socket& socket, std::size_t most_bytes) {
  std::array<std::uint8_t, 2> prefix{};
  const auto [error, count] = co_await asio::async_read(socket, asio::buffer(prefix), token);
  if (error) co_return errc::unanswered;
  const auto length = *byte_reader(prefix).u16();
  if (length == 0 || length > most_bytes) co_return errc::handshake_failed;
  bytes message(length);
  const auto [later, rest] = co_await asio::async_read(socket, asio::buffer(message), token);
  if (later) co_return errc::unanswered;
  co_return message;
}

}  // namespace

awaitable<result<void>> shake_hands(asio::ip::tcp::socket& socket, handshake& machine,
                                    bool initiator) {
  if (initiator) {
    const auto first = machine.start();
    if (!first) co_return first.error();
    if (auto sent = co_await send_message(socket, *first); !sent) co_return sent.error();
  }
  bool first_message = !initiator;
  while (!machine.done()) {
    auto message = co_await read_message(socket, machine.most_bytes());
    if (!message) {
      const bool wrong_size = message.error() == errc::handshake_failed;
      if (wrong_size && first_message) co_return errc::stranger;
      co_return message.error();
    }
    first_message = false;
    const auto next = machine.receive(*message);
    if (!next.reply.empty()) {
      if (auto sent = co_await send_message(socket, next.reply); !sent) co_return sent.error();
    }
    if (next.error) co_return next.error;
  }
  co_return result<void>{};
}

awaitable<void> drain(asio::ip::tcp::socket& socket) {
  std::array<std::uint8_t, 1024> scratch;
  while (true) {
    const auto [error, count] = co_await socket.async_read_some(asio::buffer(scratch), token);
    if (error) co_return;
  }
}

}  // namespace hearth::transport
