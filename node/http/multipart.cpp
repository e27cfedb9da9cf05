#include "node/http/multipart.hpp"

#include <algorithm>
#include <cctype>

namespace hearth::http {
namespace {

constexpr std::size_t longest_boundary = 70;  // RFC 2046, 5.1.1
constexpr std::size_t longest_preamble = 8 * 1024;
constexpr std::size_t longest_padding = 64;
constexpr std::size_t longest_name = 255;

api_error bad_form(std::string what) {
  return {400, "bad_form", "The form is malformed: " + std::move(what) + ".",
          "Send multipart/form-data as RFC 7578 says."};
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
    text.remove_suffix(1);
  return text;
}

/// Takes a quoted string or a word off the front. Browsers write a quote as %22, curl as \".
std::string take_value(std::string_view& text) {
  std::string out;
  if (!text.starts_with('"')) {
    const auto end = std::min(text.find(';'), text.size());
    out = trimmed(text.substr(0, end));
    text.remove_prefix(end);
    return out;
  }
  text.remove_prefix(1);
  while (!text.empty() && text.front() != '"') {
    if (text.starts_with("\\\"") || text.starts_with("\\\\")) text.remove_prefix(1);
    out.push_back(text.front());
    text.remove_prefix(1);
  }
  if (!text.empty()) text.remove_prefix(1);
  for (auto at = out.find("%22"); at != std::string::npos; at = out.find("%22", at + 1)) {
    out.replace(at, 3, "\"");
  }
  return out;
}

/// The parameter of a field like `form-data; name="a"; filename="b"`.
std::optional<std::string> parameter(std::string_view field, std::string_view wanted) {
  auto at = std::min(field.find(';'), field.size());
  field.remove_prefix(at);
  while (!field.empty()) {
    field = trimmed(field.substr(1));
    at = field.find_first_of("=;");
    if (at == std::string_view::npos) return std::nullopt;
    const auto name = lower(trimmed(field.substr(0, at)));
    const bool has_value = field[at] == '=';
    field.remove_prefix(has_value ? at + 1 : at);
    std::string value;
    if (has_value) {
      field = trimmed(field);
      value = take_value(field);
    }
    if (name == wanted) return value;
    field.remove_prefix(std::min(field.find(';'), field.size()));
  }
  return std::nullopt;
}

/// A name fit to be shown: no folders, no controls, valid UTF-8, at most 255 bytes.
std::string clean_name(std::string name) {
  if (const auto at = name.find_last_of("/\\"); at != std::string::npos) name.erase(0, at + 1);
  const bool utf8 = is_utf8(name);
  for (auto& c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f || (!utf8 && byte >= 0x80)) c = '_';
  }
  if (name.size() > longest_name) {
    auto end = longest_name;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80)
      --end;
    name.resize(end);
  }
  return name;
}

answer<part_head> read_part_head(std::string_view text) {
  part_head out;
  bool named = false;
  while (!text.empty()) {
    const auto end = std::min(text.find("\r\n"), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 2, text.size()));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return bad_form("a part has a line without a colon");
    const auto name = lower(trimmed(line.substr(0, colon)));
    const auto value = trimmed(line.substr(colon + 1));
    if (name == "content-type") out.content_type = value;
    if (name != "content-disposition") continue;
    if (lower(value.substr(0, value.find(';'))) != "form-data") {
      return bad_form("a part is not form-data");
    }
    auto part_name = parameter(value, "name");
    if (!part_name) return bad_form("a part has no name");
    named = true;
    out.name = clean_name(std::move(*part_name));
    if (auto file = parameter(value, "filename")) {
      out.is_file = true;
      out.file_name = clean_name(std::move(*file));
    }
  }
  if (!named) return bad_form("a part has no Content-Disposition");
  return out;
}

}  // namespace

answer<std::string> multipart_boundary(std::string_view content_type) {
  if (lower(trimmed(content_type.substr(0, content_type.find(';')))) != "multipart/form-data") {
    return api_error{415, "form_wanted", "This address takes multipart/form-data.",
                     "Send the file as a form field named \"file\"."};
  }
  auto boundary = parameter(content_type, "boundary");
  const bool fits =
      boundary && !boundary->empty() && boundary->size() <= longest_boundary &&
      std::all_of(boundary->begin(), boundary->end(), [](char c) { return c >= 0x20 && c < 0x7f; });
  if (!fits) return bad_form("its Content-Type has no proper boundary");
  return std::move(*boundary);
}

multipart_parser::multipart_parser(std::string boundary, multipart_limits limits)
    : delimiter_("\r\n--" + boundary), limits_(limits), buffer_("\r\n") {}

void multipart_parser::feed(byte_view more) {
  buffer_.erase(0, used_);
  used_ = 0;
  if (more.empty()) ended_ = true;
  if (state_ != state::finished) buffer_ += as_text(more);
}

answer<multipart_parser::step> multipart_parser::next() {
  switch (state_) {
    case state::preamble:
      return read_preamble();
    case state::after_boundary:
      return read_after_boundary();
    case state::head:
      return read_head();
    case state::body:
      return read_body();
    case state::finished:
      return step::finished;
  }
  return step::finished;
}

answer<multipart_parser::step> multipart_parser::wait_for_more() {
  if (ended_) return bad_form("it ends before its last boundary");
  return step::need_more;
}

answer<multipart_parser::step> multipart_parser::read_preamble() {
  const auto at = rest().find(delimiter_);
  if (at <= longest_preamble) {
    used_ += at + delimiter_.size();
    state_ = state::after_boundary;
    return read_after_boundary();
  }
  if (rest().size() > longest_preamble) return bad_form("it does not start with its boundary");
  return wait_for_more();
}

answer<multipart_parser::step> multipart_parser::read_after_boundary() {
  const auto text = rest();
  if (text.size() < 2) return wait_for_more();
  if (text.starts_with("--")) {
    state_ = state::finished;
    used_ = buffer_.size();
    return step::finished;
  }
  const auto line = std::min(text.find_first_not_of(" \t"), text.size());
  if (line > longest_padding) return bad_form("a boundary is followed by something else");
  if (text.size() < line + 2) return wait_for_more();
  if (text.substr(line, 2) != "\r\n") return bad_form("a boundary is followed by something else");
  if (++parts_ > limits_.parts) {
    return api_error{413, "too_many_parts",
                     "The form has more than " + std::to_string(limits_.parts) + " parts.",
                     "Send fewer fields and files at once."};
  }
  used_ += line + 2;
  state_ = state::head;
  return read_head();
}

answer<multipart_parser::step> multipart_parser::read_head() {
  const auto text = rest();
  if (text.starts_with("\r\n")) return bad_form("a part has no Content-Disposition");
  const auto end = text.find("\r\n\r\n");
  if (std::min(end, text.size()) > limits_.head_bytes) {
    return bad_form("the head of a part is larger than " + std::to_string(limits_.head_bytes) +
                    " bytes");
  }
  if (end == std::string_view::npos) return wait_for_more();
  auto part = read_part_head(text.substr(0, end));
  if (!part) return part.error();
  part_ = std::move(*part);
  used_ += end + 4;
  state_ = state::body;
  return step::part;
}

answer<multipart_parser::step> multipart_parser::read_body() {
  const auto text = rest();
  const auto at = text.find(delimiter_);
  if (at == 0) {
    used_ += delimiter_.size();
    state_ = state::after_boundary;
    return step::part_end;
  }
  auto safe = at;
  if (at == std::string_view::npos) {
    safe = text.size() < delimiter_.size() ? 0 : text.size() - delimiter_.size() + 1;
  }
  if (safe == 0) return wait_for_more();
  data_ = as_bytes(text.substr(0, safe));
  used_ += safe;
  return step::data;
}

}  // namespace hearth::http
