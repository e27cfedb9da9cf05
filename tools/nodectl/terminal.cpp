#include "tools/nodectl/terminal.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cstdio>

#include "store/base/bytes.hpp"

namespace hearth::nodectl {
namespace {

constexpr std::size_t widest_cell = 60;

std::size_t width_of(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string cut(const std::string& text) {
  if (width_of(text) <= widest_cell) return text;
  std::size_t seen = 0;
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    const bool starts = (static_cast<unsigned char>(text[end]) & 0xc0) != 0x80;
    if (starts && ++seen > widest_cell - 3) break;
  }
  return text.substr(0, end) + "...";
}

void escape(std::string_view raw, std::string& into) {
  for (const unsigned char byte : raw) {
    char out[8];
    std::snprintf(out, sizeof out, "\\x%02x", byte);
    into += out;
  }
}

std::size_t length_of(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/// Code points that a terminal obeys instead of showing: C0, C1, and marks that turn the direction.
bool commands(std::string_view one) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(one[i]); };
  if (one.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7f;
  if (one.size() == 2) return byte(0) == 0xc2 && byte(1) < 0xa0;
  if (one.size() != 3 || byte(0) != 0xe2) return false;
  if (byte(1) == 0x80)
    return (byte(2) >= 0x8b && byte(2) <= 0x8f) || (byte(2) >= 0xa8 && byte(2) <= 0xae);
  return byte(1) == 0x81 && byte(2) >= 0xa0 && byte(2) <= 0xaf;
}

}  // namespace

std::string harmless(std::string_view text, bool keep_lines) {
  std::string out;
  while (!text.empty()) {
    const auto length = std::min(length_of(static_cast<unsigned char>(text[0])), text.size());
    const auto one = text.substr(0, length);
    const bool kept = keep_lines && (one == "\n" || one == "\t");
    if (!is_utf8(one)) {
      escape(text.substr(0, 1), out);
      text.remove_prefix(1);
      continue;
    }
    if (kept || !commands(one)) {
      out += one;
    } else {
      escape(one, out);
    }
    text.remove_prefix(length);
  }
  return out;
}

std::string text_of(const boost::json::value& of, std::string_view key) {
  const auto* object = of.if_object();
  const auto* found = object == nullptr ? nullptr : object->if_contains(key);
  if (found == nullptr || found->is_null()) return {};
  if (const auto* text = found->if_string()) return harmless(*text);
  if (const auto* flag = found->if_bool()) return *flag ? "yes" : "no";
  if (const auto* number = found->if_double()) {
    char out[32];
    std::snprintf(out, sizeof out, "%.6g", *number);
    return out;
  }
  const auto* list = found->if_array();
  if (list == nullptr) return harmless(boost::json::serialize(*found));
  std::string out;
  for (const auto& item : *list) {
    auto text = item.is_string() ? harmless(item.get_string()) : text_of(item, "name");
    if (text.empty()) text = text_of(item, "node_id");
    if (text.empty()) text = harmless(boost::json::serialize(item));
    out += (out.empty() ? "" : ", ") + text;
  }
  return out;
}

double number_of(const boost::json::value& of, std::string_view key) {
  const auto* object = of.if_object();
  const auto* found = object == nullptr ? nullptr : object->if_contains(key);
  if (found == nullptr || !found->is_number()) return 0;
  return found->to_number<double>();
}

std::string size_text(double bytes) {
  const char* unit = "bytes";
  for (const auto* next : {"KiB", "MiB", "GiB", "TiB"}) {
    if (bytes < 1024) break;
    bytes /= 1024;
    unit = next;
  }
  char out[48];
  std::snprintf(out, sizeof out, *unit == 'b' ? "%.0f %s" : "%.1f %s", bytes, unit);
  return out;
}

std::string duration_text(double seconds) {
  const auto all = static_cast<long long>(std::clamp(seconds, 0.0, 1e12));
  const auto pair = [](long long a, const char* first, long long b, const char* second) {
    return std::to_string(a) + " " + first + " " + std::to_string(b) + " " + second;
  };
  if (all < 60) return std::to_string(all) + " s";
  if (all < 3600) return pair(all / 60, "min", all % 60, "s");
  if (all < 86400) return pair(all / 3600, "h", all / 60 % 60, "min");
  return pair(all / 86400, "d", all / 3600 % 24, "h");
}

void table::print(std::ostream& to) const {
  std::vector<std::size_t> widths(rows_.front().size());
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], width_of(cut(row[i])));
    }
  }
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const auto cell = cut(row[i]);
      line += cell;
      if (i + 1 < row.size()) line += std::string(widths[i] - width_of(cell) + 2, ' ');
    }
    while (!line.empty() && line.back() == ' ')
      line.pop_back();
    to << line << '\n';
  }
}

void print_fields(std::ostream& to,
                  const std::vector<std::pair<std::string, std::string>>& fields) {
  std::size_t widest = 0;
  for (const auto& [name, value] : fields) {
    if (!value.empty()) widest = std::max(widest, name.size());
  }
  for (const auto& [name, value] : fields) {
    if (value.empty()) continue;
    to << name << ':' << std::string(widest - name.size() + 2, ' ') << value << '\n';
  }
}

}  // namespace hearth::nodectl
