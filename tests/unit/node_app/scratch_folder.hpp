// A path for a folder of a test's own, gone afterwards. Nothing is there at first.
#pragma once
#include <filesystem>

#include "store/base/random.hpp"

struct scratch_folder {
  scratch_folder()
      : path(std::filesystem::temp_directory_path() /
             ("hearth-app-" + std::to_string(hearth::system_random().u64()))) {}
  ~scratch_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  scratch_folder(const scratch_folder&) = delete;
  scratch_folder& operator=(const scratch_folder&) = delete;
  std::filesystem::path path;
};
