// One client's socket, TCP or Unix, with a deadline for whatever it waits for. Used on its strand
// only.
#pragma once
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>

#include "node/http/errc.hpp"
#include "store/base/bytes.hpp"

namespace hearth::http {

class stream : public std::enable_shared_from_this<stream> {
 public:
  using socket = boost::asio::generic::stream_protocol::socket;

  explicit stream(socket taken) : socket_(std::move(taken)), timer_(socket_.get_executor()) {}

  socket& raw() { return socket_; }

  /// Cancels what the socket waits for when the time is over; a new call starts anew.
  void arm(std::chrono::milliseconds limit);
  void disarm();
  bool passed() const { return passed_; }
  /// The meaning of a failed read or write: too_slow when the deadline passed, else disconnected.
  errc reason() const { return passed_ ? errc::too_slow : errc::disconnected; }

  /// Writes all of it, each 256 KiB within limit.
  awaitable<result<void>> write(byte_view data, std::chrono::milliseconds limit);

  /// Whether the other side has closed, without taking anything from the socket.
  bool peer_closed();

 private:
  socket socket_;
  boost::asio::steady_timer timer_;
  std::uint64_t round_ = 0;
  bool passed_ = false;
};

}  // namespace hearth::http
