#include "node/http/range.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace hearth::http {
namespace {

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, value);
  if (text.empty() || problem != std::errc() || stop != end) return std::nullopt;
  return value;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
    text.remove_suffix(1);
  return text;
}

byte_range suffix_of(std::uint64_t count, std::uint64_t size) {
  if (count == 0 || size == 0) return {byte_range::kind::unsatisfiable, 0, 0};
  const auto length = std::min(count, size);
  return {byte_range::kind::part, size - length, length};
}

std::string_view strong_part(std::string_view etag) {
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  return etag;
}

}  // namespace

byte_range read_range(std::string_view field, std::uint64_t size) {
  const byte_range whole{byte_range::kind::whole, 0, size};
  field = trimmed(field);
  constexpr std::string_view unit = "bytes=";
  if (!field.starts_with(unit)) return whole;
  field = trimmed(field.substr(unit.size()));
  const auto dash = field.find('-');
  if (dash == std::string_view::npos || field.find(',') != std::string_view::npos) return whole;
  const auto first = field.substr(0, dash);
  const auto last = field.substr(dash + 1);
  if (first.empty()) {
    const auto count = number(last);
    return count ? suffix_of(*count, size) : whole;
  }
  const auto begin = number(first);
  const auto end = last.empty() ? std::optional(UINT64_MAX) : number(last);
  if (!begin || !end || *end < *begin) return whole;
  if (*begin >= size) return {byte_range::kind::unsatisfiable, 0, 0};
  return {byte_range::kind::part, *begin, std::min(*end, size - 1) - *begin + 1};
}

bool matches_etag(std::string_view field, std::string_view etag) {
  if (etag.empty()) return false;
  while (!field.empty()) {
    const auto comma = std::min(field.find(','), field.size());
    const auto one = trimmed(field.substr(0, comma));
    if (one == "*" || strong_part(one) == strong_part(etag)) return true;
    field.remove_prefix(std::min(comma + 1, field.size()));
  }
  return false;
}

}  // namespace hearth::http
