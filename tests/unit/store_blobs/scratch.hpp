// A folder of its own for a test, gone afterwards, and content that can be told apart by its seed.
#pragma once
#include <stdlib.h>

#include <filesystem>
#include <stdexcept>

#include "store/base/bytes.hpp"

struct scratch_folder {
  scratch_folder() {
    auto name = (std::filesystem::temp_directory_path() / "hearth-blobs-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path = name;
  }
  ~scratch_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  scratch_folder(const scratch_folder&) = delete;
  scratch_folder& operator=(const scratch_folder&) = delete;
  std::filesystem::path path;
};

inline hearth::bytes content(std::size_t size, std::uint32_t seed = 1) {
  hearth::bytes out(size);
  std::uint32_t state = seed * 2654435761u + 1;
  for (auto& byte : out) {
    state = state * 1664525u + 1013904223u;
    byte = static_cast<std::uint8_t>(state >> 24);
  }
  return out;
}

inline std::size_t files_under(const std::filesystem::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) ++count;
  }
  return count;
}
