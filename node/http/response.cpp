#include "node/http/response.hpp"

#include <boost/json/serialize.hpp>

#include "node/http/range.hpp"

namespace hearth::http {
namespace {

api_error too_many_event_clients() {
  return {503, "too_many_clients", "Too many pages listen for changes at this node.",
          "Close some of them, or try again in a moment."};
}

void describe(response& out, const content_info& info) {
  out.set("Content-Type", info.type);
  out.set("Cache-Control", info.cache_control);
  if (!info.etag.empty()) out.set("ETag", info.etag);
}

bool client_has_it(const request& from, const content_info& info) {
  return matches_etag(from.field("if-none-match"), info.etag);
}

}  // namespace

response& response::set(std::string_view name, std::string_view value) {
  std::string safe;
  for (const char c : value) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) safe.push_back(c);
  }
  fields.emplace_back(name, std::move(safe));
  return *this;
}

memory_body text_body(std::string text) {
  auto owner = std::make_shared<const std::string>(std::move(text));
  return {as_bytes(*owner), owner};
}

memory_body shared_body(std::shared_ptr<const bytes> content) {
  const byte_view view(*content);
  return {view, std::move(content)};
}

response json_response(const boost::json::value& value, unsigned status) {
  response out;
  out.status = status;
  out.set("Content-Type", "application/json").set("Cache-Control", "no-store");
  out.body = text_body(boost::json::serialize(value));
  return out;
}

response error_response(const api_error& error) {
  boost::json::object said{{"code", error.code}, {"message", error.message}, {"hint", error.hint}};
  return json_response(boost::json::object{{"error", std::move(said)}}, error.status);
}

response error_response(unsigned status, std::string code, std::string message, std::string hint) {
  return error_response({status, std::move(code), std::move(message), std::move(hint)});
}

response empty_response(unsigned status) {
  response out;
  out.status = status;
  out.set("Cache-Control", "no-store");
  return out;
}

response content_response(const request& from, memory_body content, const content_info& info) {
  response out;
  describe(out, info);
  if (client_has_it(from, info)) {
    out.status = 304;
    return out;
  }
  out.body = std::move(content);
  return out;
}

response ranged_response(const request& from, std::shared_ptr<ranged_source> source,
                         const content_info& info) {
  response out;
  describe(out, info);
  out.set("Accept-Ranges", "bytes");
  if (client_has_it(from, info)) {
    out.status = 304;
    return out;
  }
  const auto size = source->size();
  const auto condition = from.field("if-range");
  const bool same = condition.empty() || (condition == info.etag && !condition.starts_with("W/"));
  const auto asked = same ? from.field("range") : std::string_view();
  auto range = read_range(asked, size);
  const auto total = std::to_string(size);
  if (range.what == byte_range::kind::unsatisfiable) {
    out = error_response(416, "range_not_there", "The range asked for lies behind the end.",
                         "The size is " + total + " bytes.");
    out.set("Content-Range", "bytes */" + total);
    return out;
  }
  if (range.what == byte_range::kind::part) {
    out.status = 206;
    out.set("Content-Range", "bytes " + std::to_string(range.offset) + "-" +
                                 std::to_string(range.offset + range.length - 1) + "/" + total);
  } else {
    range = {byte_range::kind::whole, 0, size};
  }
  out.body = ranged_body{std::move(source), range.offset, range.length};
  return out;
}

response event_response(event_hub& hub) {
  auto queue = hub.subscribe();
  if (!queue) return error_response(too_many_event_clients());
  response out;
  out.set("Content-Type", "text/event-stream").set("Cache-Control", "no-store");
  out.body = event_body{std::move(queue)};
  return out;
}

std::string attachment_named(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    const bool fits = c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '/' && c != '%';
    plain.push_back(fits ? c : '_');
  }
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encode(name);
}

}  // namespace hearth::http
