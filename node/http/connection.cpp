#include "node/http/connection.hpp"

#include <sys/socket.h>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/read.hpp>
#include <cctype>

#include "node/http/json_reader.hpp"
#include "node/http/origin.hpp"
#include "node/http/writer.hpp"
#include "store/base/clock.hpp"
#include "store/base/log.hpp"

namespace hearth::http {
namespace {

constexpr std::uint64_t ignored_body_limit = 64 * 1024;
constexpr std::chrono::seconds longest_linger(30);

/// What a failed read of a head means.
error_code head_error(error_code failed, const stream& from) {
  namespace beast = boost::beast::http;
  if (failed == beast::error::header_limit || failed == beast::error::buffer_overflow) {
    return errc::header_too_large;
  }
  if (failed == beast::error::partial_message || failed == beast::error::end_of_stream) {
    return errc::disconnected;
  }
  if (failed.category() == beast::make_error_code(beast::error::bad_method).category()) {
    return errc::malformed_request;
  }
  return from.reason();
}

std::string allow_list(const std::vector<method>& allowed) {
  std::string out;
  for (const auto one : allowed) {
    out += (out.empty() ? "" : ", ") + std::string(name_of(one));
    if (one == method::get) out += ", HEAD";
  }
  return out;
}

response no_route(const request& head, const std::vector<method>& allowed) {
  if (allowed.empty()) {
    return error_response(404, "not_found", "There is nothing at this address.",
                          "Look at /api/openapi.json for what there is.");
  }
  const auto list = allow_list(allowed);
  auto out =
      head.verb == method::options
          ? empty_response()
          : error_response(405, "method_not_allowed",
                           "This address does not take " + std::string(name_of(head.verb)) + ".",
                           "It takes " + list + ".");
  out.set("Allow", list);
  return out;
}

std::string decimal_megabytes(std::uint64_t bytes) {
  const auto kibibytes = bytes / 1024;
  if (kibibytes < 1024) return std::to_string(kibibytes) + " KiB";
  return std::to_string(kibibytes / 1024) + " MiB";
}

response body_too_large(std::uint64_t limit) {
  return error_response(413, "body_too_large",
                        "The request's body is larger than " + decimal_megabytes(limit) + ".",
                        "Send less at once; the limits are in the settings.");
}

}  // namespace

connection::connection(stream::socket socket, caller who, std::shared_ptr<server_state> state)
    : stream_(std::make_shared<stream>(std::move(socket))),
      who_(std::move(who)),
      state_(std::move(state)),
      buffer_(state_->options.header_bytes + 128 * 1024) {}

awaitable<void> connection::run() {
  const auto self = shared_from_this();
  struct leaving {
    connection& one;
    ~leaving() {
      if (one.events_) one.events_->close();
      one.stream_->disarm();
      error_code ignored;
      one.stream_->raw().close(ignored);
      one.state_->leave(one.who_.address, one.shared_from_this());
    }
  } const at_end{*this};
  auto next = after::next_request;
  while (next == after::next_request && !state_->stopping)
    next = co_await serve_one();
  if (next == after::linger) co_await linger();
}

void connection::stop_when_idle() {
  boost::asio::post(stream_->raw().get_executor(), [self = shared_from_this()] {
    error_code ignored;
    if (self->idle_) self->stream_->raw().cancel(ignored);
    if (self->events_) self->events_->close();
  });
}

void connection::refuse() {
  const auto out = error_response(503, "too_many_connections", "The node has too many connections.",
                                  "Close some, or try again in a moment.");
  auto text = head_text(out, true);
  text += as_text(std::get<memory_body>(out.body).data);
  error_code ignored;
  stream_->raw().non_blocking(true, ignored);
  stream_->raw().send(boost::asio::buffer(text), MSG_NOSIGNAL, ignored);
}

awaitable<bool> connection::wait_for_bytes() {
  if (buffer_.size() > 0) co_return true;
  idle_ = true;
  stream_->arm(state_->options.idle);
  error_code failed;
  co_await stream_->raw().async_wait(
      stream::socket::wait_read, boost::asio::redirect_error(boost::asio::use_awaitable, failed));
  stream_->disarm();
  idle_ = false;
  co_return !failed;
}

awaitable<result<void>> connection::read_head() {
  parser_ = std::make_unique<request_parser>();
  parser_->header_limit(static_cast<std::uint32_t>(state_->options.header_bytes));
  parser_->body_limit(boost::none);  // the route's limit is known later
  stream_->arm(state_->options.header);
  error_code failed;
  co_await boost::beast::http::async_read_header(
      stream_->raw(), buffer_, *parser_,
      boost::asio::redirect_error(boost::asio::use_awaitable, failed));
  stream_->disarm();
  if (failed) co_return head_error(failed, *stream_);
  co_return result<void>{};
}

answer<void> connection::take_head() {
  head_ = request{};
  const auto& from = parser_->get();
  const auto verb = method_of({from.method_string().data(), from.method_string().size()});
  if (!verb) {
    return api_error{501, "method_not_known", "The node does not know this HTTP method.",
                     "Use GET, POST, PATCH, PUT or DELETE."};
  }
  head_.verb = *verb;
  for (const auto& field : from) {
    std::string name(field.name_string());
    for (auto& c : name)
      c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    head_.fields.emplace_back(std::move(name), field.value());
  }
  return read_target({from.target().data(), from.target().size()}, head_);
}

awaitable<connection::after> connection::serve_one() {
  if (!co_await wait_for_bytes()) co_return after::close;
  const auto read = co_await read_head();
  if (!read) co_return co_await answer_broken(read.error());
  ++state_->requests;
  const auto head_read = take_head();
  const bool wants_continue = head_.field("expect") == "100-continue";
  request_body body(stream_, buffer_, *parser_, wants_continue && !parser_->is_done(),
                    state_->options.body_progress);
  response out;
  if (head_read) {
    out = co_await respond(body);
  } else {
    out = error_response(head_read.error());
  }
  if (out.status >= 500) ++state_->answers_5xx;
  if (out.status >= 400 && out.status < 500) ++state_->answers_4xx;
  if (const auto* events = std::get_if<event_body>(&out.body)) events_ = events->queue;
  if (events_ && state_->stopping) events_->close();
  const bool skippable = body.worth_skipping();
  const bool close = !parser_->keep_alive() || state_->stopping || !skippable || events_;
  const bool head_only = head_.verb == method::head;
  const auto sent =
      co_await send_response(stream_, out, head_only, close, state_->options, state_->bytes_sent);
  if (!sent) co_return after::close;
  if (events_ && !head_only) {
    co_await send_events(stream_, events_, state_->options);
    co_return after::close;
  }
  if (!skippable) co_return after::linger;
  if (!co_await body.skip() || close) co_return after::linger;
  co_return after::next_request;
}

awaitable<response> connection::respond(request_body& body) {
  if (who_.rank == role::none) {
    co_return error_response(
        403, "remote_not_allowed",
        "This node has no password yet, so it answers on its own machine only.",
        "Open the page on the machine itself, or through an SSH tunnel.");
  }
  if (who_.how != way_in::local_socket) {
    if (auto good = check_host(head_, state_->options.allowed_hosts); !good) {
      co_return error_response(good.error());
    }
  }
  if (auto good = check_origin(head_); !good) co_return error_response(good.error());
  auto match = state_->routes->match(head_.verb, head_.segments);
  if (match.found == nullptr) co_return no_route(head_, match.allowed);
  if (!allows(match.found->needs, who_.rank)) {
    co_return error_response(403, "not_allowed", "You may not do this.",
                             "Ask the owner of this node.");
  }
  const bool none = match.found->body == body_kind::none;
  const auto limit = none ? ignored_body_limit : match.found->body_limit;
  body.limit(limit);
  if (body.announced().value_or(0) > limit) co_return body_too_large(limit);
  auto out = co_await call(*match.found, std::move(match.params), body);
  // The pattern and not the target, which may hold a stream's key.
  log::debug("http", std::string(name_of(head_.verb)) + " " + match.found->pattern + " " +
                         std::to_string(out.status));
  co_return out;
}

awaitable<response> connection::call(const route& target, name_values params, request_body& body) {
  request_context context{head_, who_, body, {}, std::move(params)};
  if (target.body == body_kind::json) {
    if (head_.field("content-type").starts_with("multipart/")) {
      co_return error_response(415, "json_wanted", "This address takes JSON.",
                               "Send one JSON object with Content-Type: application/json.");
    }
    const auto text = co_await body.read_all(state_->options.json_body);
    if (!text && text.error() == errc::body_too_large) co_return body_too_large(target.body_limit);
    if (!text) co_return error_response(to_api_error(text.error()));
    auto value = parse_json(*text);
    if (!value) co_return error_response(value.error());
    context.json = std::move(*value);
  }
  std::string failure;
  try {
    co_return co_await target.handle(context);
  } catch (const boost::system::system_error& e) {
    if (e.code() == boost::asio::error::operation_aborted) throw;  // shutting down
    failure = e.what();
  } catch (const std::exception& e) {
    failure = e.what();
  }
  log::error("http", target.pattern + " failed: " + failure);
  co_return error_response(500, "internal", "The node failed to answer.",
                           "Look into the node's log.");
}

awaitable<connection::after> connection::answer_broken(error_code why) {
  if (why == errc::disconnected) co_return after::close;
  ++state_->answers_4xx;
  const auto out = error_response(to_api_error(why));
  const auto sent =
      co_await send_response(stream_, out, false, true, state_->options, state_->bytes_sent);
  co_return sent ? after::linger : after::close;
}

/// Lets the client read the answer before the connection goes: a close with unread input would
/// reset it (RFC 9112, section 9.6).
awaitable<void> connection::linger() {
  error_code failed;
  stream_->raw().shutdown(stream::socket::shutdown_send, failed);
  const auto deadline = system_clock().steady() + longest_linger;
  bytes sink(64 * 1024);
  idle_ = true;
  while (!failed && system_clock().steady() < deadline) {
    stream_->arm(state_->options.linger);
    co_await stream_->raw().async_read_some(
        boost::asio::buffer(sink), boost::asio::redirect_error(boost::asio::use_awaitable, failed));
    stream_->disarm();
  }
}

}  // namespace hearth::http
