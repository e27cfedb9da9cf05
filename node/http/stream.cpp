#include "node/http/stream.hpp"

#include <sys/socket.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>

namespace hearth::http {
namespace {

constexpr std::size_t piece_bytes = 256 * 1024;

}  // namespace

void stream::arm(std::chrono::milliseconds limit) {
  passed_ = false;
  const auto round = ++round_;
  timer_.expires_after(limit);
  timer_.async_wait([self = shared_from_this(), round](error_code cancelled) {
    if (cancelled || round != self->round_) return;
    self->passed_ = true;
    error_code ignored;
    self->socket_.cancel(ignored);
  });
}

void stream::disarm() {
  ++round_;
  timer_.cancel();
}

awaitable<result<void>> stream::write(byte_view data, std::chrono::milliseconds limit) {
  const auto keep = shared_from_this();
  while (!data.empty()) {
    const auto piece = data.first(std::min(piece_bytes, data.size()));
    arm(limit);
    error_code failed;
    co_await boost::asio::async_write(
        socket_, boost::asio::buffer(piece.data(), piece.size()),
        boost::asio::redirect_error(boost::asio::use_awaitable, failed));
    disarm();
    if (failed) co_return reason();
    data = data.subspan(piece.size());
  }
  co_return result<void>{};
}

bool stream::peer_closed() {
  char byte = 0;
  const auto count = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR);
}

}  // namespace hearth::http
