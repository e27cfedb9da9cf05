// Answers. Handlers build them with the functions below; the server adds security fields, Date,
// Content-Length and Connection, and leaves the body out for HEAD.
#pragma once
#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <variant>

#include "node/http/events.hpp"
#include "node/http/ranged_source.hpp"
#include "node/http/request.hpp"

namespace hearth::http {

/// Bytes in memory, kept by owner (nullptr for bytes that live as long as the program).
struct memory_body {
  byte_view data;
  std::shared_ptr<const void> owner;
};

/// A part of something that is read while it is sent.
struct ranged_body {
  std::shared_ptr<ranged_source> source;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

struct event_body {
  std::shared_ptr<event_queue> queue;
};

struct response {
  unsigned status = 200;
  name_values fields;
  std::variant<memory_body, ranged_body, event_body> body;

  /// Adds a field; characters that would break the head are dropped from the value.
  response& set(std::string_view name, std::string_view value);
};

memory_body text_body(std::string text);
memory_body shared_body(std::shared_ptr<const bytes> content);

response json_response(const boost::json::value& value, unsigned status = 200);
response error_response(const api_error& error);
response error_response(unsigned status, std::string code, std::string message,
                        std::string hint = {});
response empty_response(unsigned status = 204);

/// What describes a piece of content.
struct content_info {
  std::string type;                        // "image/jpeg"
  std::string etag = {};                   // with its quotes; "" for none
  std::string cache_control = "no-cache";  // "public, max-age=31536000, immutable"
};

/// 200, or 304 when the client has it already.
response content_response(const request& from, memory_body content, const content_info& info);

/// 200, 206, 304 or 416 as Range, If-Range and If-None-Match ask.
response ranged_response(const request& from, std::shared_ptr<ranged_source> source,
                         const content_info& info);

/// An event stream from this hub, or 503 when it has too many clients.
response event_response(event_hub& hub);

/// The value of Content-Disposition for a download with a name that a person gave (RFC 6266).
std::string attachment_named(std::string_view name);

}  // namespace hearth::http
