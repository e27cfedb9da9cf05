#include <boost/json/array.hpp>

#include "node/config/config.hpp"

namespace hearth::config {
namespace {

boost::json::value shown(const setting& row, const value& is) {
  if (row.secret) return std::get<std::string>(is).empty() ? "" : "[redacted]";
  if (const auto* flag = std::get_if<bool>(&is)) return *flag;
  if (const auto* number = std::get_if<std::int64_t>(&is)) return *number;
  if (const auto* text = std::get_if<std::string>(&is)) return boost::json::value(*text);
  boost::json::array out;
  for (const auto& item : std::get<std::vector<std::string>>(is))
    out.emplace_back(item);
  return out;
}

}  // namespace

std::vector<setting_view> node_config::settings_view() const {
  std::vector<setting_view> out;
  for (const auto& row : schema()) {
    const auto found = values.find(row.key);
    if (found == values.end()) continue;
    out.push_back({std::string(row.key), shown(row, found->second.is), found->second.origin,
                   std::string(row.description), true});
  }
  return out;
}

std::string problem::text() const {
  std::string out = where;
  const bool same = where == "--" + key;
  if (!key.empty() && !same) out += (out.empty() ? "" : ": ") + key;
  out += ": " + message;
  if (!hint.empty()) out += " (" + hint + ")";
  return out;
}

}  // namespace hearth::config
