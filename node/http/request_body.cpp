#include "node/http/request_body.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/read.hpp>
#include "store/base/clock.hpp"

namespace hearth::http {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;
constexpr std::uint64_t most_to_skip = 256 * 1024;
constexpr std::chrono::seconds continue_limit(5);

}  // namespace

request_body::request_body(std::shared_ptr<stream> from, boost::beast::flat_buffer& buffer,
                           request_parser& parser, bool continue_wanted,
                           std::chrono::milliseconds progress)
    : stream_(std::move(from)),
      buffer_(buffer),
      parser_(parser),
      continue_wanted_(continue_wanted),
      progress_(progress) {}

std::optional<std::uint64_t> request_body::announced() const {
  const auto length = parser_.content_length();
  if (!length) return std::nullopt;
  return *length;
}

awaitable<result<byte_view>> request_body::read() {
  namespace beast = boost::beast;
  if (parser_.is_done()) co_return byte_view();
  if (continue_wanted_) {
    continue_wanted_ = false;
    const auto sent =
        co_await stream_->write(as_bytes("HTTP/1.1 100 Continue\r\n\r\n"), continue_limit);
    if (!sent) co_return sent.error();
  }
  piece_.resize(piece_bytes);
  auto& space = parser_.get().body();
  std::size_t count = 0;
  while (count == 0 && !parser_.is_done()) {
    space.data = piece_.data();
    space.size = piece_.size();
    space.more = true;
    stream_->arm(progress_);
    error_code failed;
    co_await beast::http::async_read_some(
        stream_->raw(), buffer_, parser_,
        boost::asio::redirect_error(boost::asio::use_awaitable, failed));
    stream_->disarm();
    count = piece_.size() - space.size;
    if (failed == beast::http::error::need_buffer) failed = {};
    if (failed == beast::http::error::partial_message) co_return errc::disconnected;
    if (failed.category() ==
        beast::http::make_error_code(beast::http::error::bad_chunk).category()) {
      co_return errc::malformed_request;
    }
    if (failed) co_return stream_->reason();
  }
  taken_ += count;
  if (taken_ > limit_) co_return errc::body_too_large;
  co_return byte_view(piece_).first(count);
}

awaitable<result<std::string>> request_body::read_all(std::chrono::milliseconds total) {
  const auto deadline = system_clock().steady() + total;
  std::string out;
  for (;;) {
    const auto piece = co_await read();
    if (!piece) co_return piece.error();
    if (piece->empty()) co_return out;
    out += as_text(*piece);
    if (system_clock().steady() > deadline) co_return errc::too_slow;
  }
}

bool request_body::worth_skipping() const {
  if (parser_.is_done()) return true;
  const auto length = announced();
  return length && !continue_wanted_ && *length - taken_ <= most_to_skip;
}

awaitable<bool> request_body::skip() {
  limit_ = taken_ + most_to_skip;
  while (!parser_.is_done()) {
    const auto piece = co_await read();
    if (!piece) co_return false;
  }
  co_return true;
}

}  // namespace hearth::http
