#include "node/http/writer.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/status.hpp>
#include <ctime>

#include "store/base/clock.hpp"
#include "store/base/log.hpp"

namespace hearth::http {
namespace {

constexpr std::size_t piece_bytes = 256 * 1024;
constexpr std::string_view security_fields =
    "Content-Security-Policy: default-src 'self'; media-src 'self' blob:; "
    "img-src 'self' data: blob:; worker-src 'self' blob:; style-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

std::string date_text() {
  const auto seconds = static_cast<std::time_t>(system_clock().wall().count() / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char out[64];
  const auto length = std::strftime(out, sizeof out, "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {out, length};
}

std::optional<std::uint64_t> length_of(const response& from) {
  if (from.status == 204 || from.status == 304) return std::nullopt;
  if (const auto* memory = std::get_if<memory_body>(&from.body)) return memory->data.size();
  if (const auto* ranged = std::get_if<ranged_body>(&from.body)) return ranged->length;
  return std::nullopt;
}

awaitable<result<void>> send_ranged(std::shared_ptr<stream> to, const ranged_body& body,
                                    std::chrono::milliseconds limit) {
  auto offset = body.offset;
  auto left = body.length;
  while (left > 0) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, piece_bytes));
    auto piece = co_await body.source->read(offset, wanted);
    if (!piece || piece->empty() || piece->size() > wanted) {
      const auto why = piece ? std::string("wrong length") : piece.error().message();
      log::warn("http", "an answer was cut: its content can't be read: " + why);
      co_return errc::disconnected;
    }
    if (auto sent = co_await to->write(*piece, limit); !sent) co_return sent;
    offset += piece->size();
    left -= piece->size();
  }
  co_return result<void>{};
}

}  // namespace

std::string head_text(const response& from, bool close) {
  namespace beast = boost::beast::http;
  std::string out = "HTTP/1.1 " + std::to_string(from.status) + " ";
  out += std::string_view(beast::obsolete_reason(beast::int_to_status(from.status)));
  out += "\r\nDate: " + date_text() + "\r\n";
  for (const auto& [name, value] : from.fields)
    out += name + ": " + value + "\r\n";
  out += security_fields;
  if (const auto length = length_of(from)) {
    out += "Content-Length: " + std::to_string(*length) + "\r\n";
  }
  out += close ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n";
  return out;
}

awaitable<result<void>> send_response(std::shared_ptr<stream> to, const response& from,
                                      bool head_only, bool close, const server_options& options,
                                      std::atomic<std::uint64_t>& bytes_sent) {
  auto head = head_text(from, close);
  const auto length = head_only ? 0 : length_of(from).value_or(0);
  bytes_sent += head.size() + length;
  const auto* memory = std::get_if<memory_body>(&from.body);
  const bool small = memory != nullptr && length > 0 && length <= 16 * 1024;
  if (small) head += as_text(memory->data);
  if (auto sent = co_await to->write(as_bytes(head), options.write); !sent) co_return sent;
  if (small || length == 0) co_return result<void>{};
  if (memory != nullptr) co_return co_await to->write(memory->data, options.write);
  if (const auto* ranged = std::get_if<ranged_body>(&from.body)) {
    co_return co_await send_ranged(to, *ranged, options.write);
  }
  co_return result<void>{};
}

awaitable<void> send_events(std::shared_ptr<stream> to, std::shared_ptr<event_queue> queue,
                            const server_options& options) {
  const auto executor = to->raw().get_executor();
  const auto wake = std::make_shared<boost::asio::steady_timer>(executor);
  queue->on_change([executor, waker = std::weak_ptr(wake)] {
    boost::asio::post(executor, [waker] {
      if (const auto timer = waker.lock()) timer->cancel();
    });
  });
  // The client sends nothing more: when its side becomes readable, it has closed.
  to->raw().async_wait(stream::socket::wait_read, [to, queue](error_code failed) {
    if (!failed && to->peer_closed()) queue->close();
  });
  std::string text = ": connected\n\n";
  for (;;) {
    if (auto sent = co_await to->write(as_bytes(text), options.write); !sent) break;
    auto waiting = queue->take();
    if (!waiting) break;
    text = std::move(*waiting);
    if (!text.empty()) continue;
    wake->expires_after(options.heartbeat);
    error_code woken;
    co_await wake->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
    if (!woken) text = ": still here\n\n";
  }
  queue->on_change(nullptr);
}

}  // namespace hearth::http
