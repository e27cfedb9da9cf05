// A process for the tests: its own environment and a folder that goes away.
#pragma once
#include <filesystem>
#include <fstream>
#include <string>

#include "node/config/config.hpp"

struct test_place {
  test_place() {
    auto name = (std::filesystem::temp_directory_path() / "hearth-config-XXXXXX").string();
    folder = ::mkdtemp(name.data());
    around.host_name = "studio.example";
    around.variables["HOME"] = folder.string();
  }
  ~test_place() { std::filesystem::remove_all(folder); }
  test_place(const test_place&) = delete;
  test_place& operator=(const test_place&) = delete;

  std::filesystem::path write(const std::string& name, std::string_view content) const {
    const auto path = folder / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
    std::filesystem::permissions(path, std::filesystem::perms(0600));
    return path;
  }
  hearth::config::outcome load(std::vector<std::string> args = {}) const {
    return hearth::config::load(args, around);
  }

  std::filesystem::path folder;
  hearth::config::environment around;
};

/// All problems in words, one a line.
inline std::string words(const std::vector<hearth::config::problem>& problems) {
  std::string out;
  for (const auto& one : problems)
    out += one.text() + "\n";
  return out;
}

/// Where a setting's value comes from.
inline std::string origin(const hearth::config::outcome& of, std::string_view key) {
  return of.config.values.find(key)->second.origin;
}
