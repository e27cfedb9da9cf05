#include "node/http/request.hpp"

#include <algorithm>
#include <charconv>

#include "store/base/bytes.hpp"

namespace hearth::http {
namespace {

constexpr std::size_t most_parameters = 64;
constexpr std::size_t longest_cursor = 512;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

api_error bad_target(std::string message) {
  return {400, "bad_address", std::move(message), "Check the address for mistyped characters."};
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

/// Takes the text up to the next mark off the front.
std::string_view take_until(std::string_view& text, char mark) {
  const auto at = text.find(mark);
  const auto head = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  return head;
}

/// Whether "q=0", "q=0.0", ... stands after a coding.
bool refused_by_weight(std::string_view weight) {
  const auto at = weight.find("q=");
  if (at == std::string_view::npos) return false;
  return weight.substr(at + 2).find_first_not_of("0. ") == std::string_view::npos;
}

answer<void> read_segments(std::string_view path, request& into) {
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const auto end = std::min(path.find('/'), path.size());
    auto segment = percent_decode(path.substr(0, end), false);
    if (!segment) return bad_target("The address holds a % without two hexadecimal digits.");
    if (has_control(*segment) || segment->find('/') != std::string::npos) {
      return bad_target("The address holds a character that it may not.");
    }
    if (!is_utf8(*segment)) return bad_target("The address is not UTF-8.");
    into.segments.push_back(std::move(*segment));
    path = path.substr(end);
  }
  return {};
}

answer<void> read_query(std::string_view query, request& into) {
  while (!query.empty()) {
    auto pair = take_until(query, '&');
    if (pair.empty()) continue;
    if (into.query.size() == most_parameters)
      return bad_target("The address has too many parameters.");
    auto name = percent_decode(take_until(pair, '='), true);
    auto value = percent_decode(pair, true);
    if (!name || !value) {
      return bad_target("The address holds a % without two hexadecimal digits.");
    }
    if (!is_utf8(*name) || !is_utf8(*value)) return bad_target("The address is not UTF-8.");
    into.query.emplace_back(std::move(*name), std::move(*value));
  }
  return {};
}

/// "http://host/path" to "/path", with the host as the field that counts (RFC 9112, 3.2.2).
std::string_view strip_authority(std::string_view target, request& into) {
  for (std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const auto rest = target.substr(scheme.size());
    const auto end = std::min(rest.find_first_of("/?"), rest.size());
    std::erase_if(into.fields, [](const auto& field) { return field.first == "host"; });
    into.fields.emplace_back("host", rest.substr(0, end));
    return rest.substr(end);
  }
  return target;
}

}  // namespace

std::string_view name_of(method value) {
  switch (value) {
    case method::get:
      return "GET";
    case method::head:
      return "HEAD";
    case method::post:
      return "POST";
    case method::put:
      return "PUT";
    case method::patch:
      return "PATCH";
    case method::del:
      return "DELETE";
    case method::options:
      return "OPTIONS";
  }
  return "GET";
}

std::optional<method> method_of(std::string_view name) {
  for (auto value : {method::get, method::head, method::post, method::put, method::patch,
                     method::del, method::options}) {
    if (name_of(value) == name) return value;
  }
  return std::nullopt;
}

std::string_view request::field(std::string_view lower_name) const {
  for (const auto& [name, value] : fields) {
    if (name == lower_name) return value;
  }
  return {};
}

std::size_t request::field_count(std::string_view lower_name) const {
  return static_cast<std::size_t>(std::count_if(
      fields.begin(), fields.end(), [&](const auto& one) { return one.first == lower_name; }));
}

std::optional<std::string_view> request::parameter(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

bool request::accepts_encoding(std::string_view coding) const {
  auto list = field("accept-encoding");
  while (!list.empty()) {
    auto item = take_until(list, ',');
    auto name = take_until(item, ';');
    while (!name.empty() && name.front() == ' ')
      name.remove_prefix(1);
    while (!name.empty() && name.back() == ' ')
      name.remove_suffix(1);
    if (name == coding) return !refused_by_weight(item);
  }
  return false;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(plus_is_space && text[i] == '+' ? ' ' : text[i]);
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view plain = "-._~";
  std::string out;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || plain.find(c) != std::string_view::npos) {
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back(digits[byte >> 4]);
    out.push_back(digits[byte & 15]);
  }
  return out;
}

answer<void> read_target(std::string_view target, request& into) {
  into.target = target;
  target = strip_authority(target, into);
  target = target.substr(0, target.find('#'));
  auto path = take_until(target, '?');
  if (path.empty()) path = "/";
  if (path.front() != '/') return bad_target("The address does not start with a slash.");
  if (auto read = read_segments(path, into); !read) return read;
  return read_query(target, into);
}

answer<page_query> read_page_query(const request& from, std::size_t normal, std::size_t most) {
  page_query out;
  out.limit = normal;
  if (const auto limit = from.parameter("limit")) {
    const auto* end = limit->data() + limit->size();
    const auto [stop, problem] = std::from_chars(limit->data(), end, out.limit);
    if (problem != std::errc() || stop != end || out.limit < 1 || out.limit > most) {
      return api_error{400, "bad_parameter",
                       "limit: must be a whole number from 1 to " + std::to_string(most) + ".",
                       "Leave it out for " + std::to_string(normal) + "."};
    }
  }
  if (const auto cursor = from.parameter("cursor")) {
    if (cursor->size() > longest_cursor) {
      return api_error{400, "bad_parameter", "cursor: is not one that this node gave.",
                       "Take next_cursor from the answer before."};
    }
    out.cursor = *cursor;
  }
  return out;
}

}  // namespace hearth::http
