#include "node/config/config.hpp"

namespace hearth::config {

std::filesystem::path default_data_dir(const environment& around) {
  if (around.root) return "/var/lib/hearth";
  const auto variable = [&](std::string_view name) -> std::filesystem::path {
    const auto found = around.variables.find(name);
    return found == around.variables.end() ? std::string() : found->second;
  };
  // The XDG base directory specification says to ignore a relative path.
  if (const auto data = variable("XDG_DATA_HOME"); data.is_absolute()) return data / "hearth";
  if (const auto home = variable("HOME"); home.is_absolute()) return home / ".local/share/hearth";
  return {};
}

}  // namespace hearth::config
