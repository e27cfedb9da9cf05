#include "media/packager/hls_name.hpp"

#include <charconv>

namespace hearth::packager {
namespace {

std::optional<std::uint64_t> number(std::string_view text) {
  if (text.empty() || text.size() > 18 || (text.size() > 1 && text[0] == '0')) return {};
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

// Takes prefix and suffix off, if both are there.
bool strip(std::string_view& text, std::string_view prefix, std::string_view suffix) {
  if (text.size() <= prefix.size() + suffix.size()) return false;
  if (!text.starts_with(prefix) || !text.ends_with(suffix)) return false;
  text.remove_prefix(prefix.size());
  text.remove_suffix(suffix.size());
  return true;
}

}  // namespace

result<hls_name> hls_name::parse(std::string_view text) {
  if (text == "stream.m3u8") return hls_name{};
  if (strip(text, "part_", ".m4s")) {
    const auto middle = text.find('_');
    if (middle == text.npos) return errc::bad_name;
    const auto segment = packager::number(text.substr(0, middle));
    const auto index = packager::number(text.substr(middle + 1));
    if (!segment || !index) return errc::bad_name;
    return hls_name{hls_kind::part, *segment, *index};
  }
  const auto kind = strip(text, "init_", ".mp4") ? hls_kind::init : hls_kind::segment;
  if (kind == hls_kind::segment && !strip(text, "seg_", ".m4s")) return errc::bad_name;
  const auto value = packager::number(text);
  if (!value) return errc::bad_name;
  return hls_name{kind, *value};
}

std::string hls_name::text() const {
  switch (kind) {
    case hls_kind::init:
      return "init_" + std::to_string(number) + ".mp4";
    case hls_kind::segment:
      return "seg_" + std::to_string(number) + ".m4s";
    case hls_kind::part:
      return "part_" + std::to_string(number) + "_" + std::to_string(part) + ".m4s";
    case hls_kind::playlist:
      break;
  }
  return "stream.m3u8";
}

result<hls_query> hls_query::parse(std::string_view text) {
  hls_query query;
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const auto pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto equals = pair.find('=');
    if (equals == pair.npos) continue;
    const auto key = pair.substr(0, equals);
    if (key != "_HLS_msn" && key != "_HLS_part") continue;
    const auto value = number(pair.substr(equals + 1));
    if (!value) return errc::bad_request;
    (key == "_HLS_msn" ? query.msn : query.part) = value;
  }
  if (query.part && !query.msn) return errc::bad_request;
  return query;
}

}  // namespace hearth::packager
