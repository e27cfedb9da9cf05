// A folder that is gone when the test ends.
#pragma once
#include <stdlib.h>

#include <filesystem>

namespace hearth {

struct temporary_folder {
  temporary_folder() {
    auto form = (std::filesystem::temp_directory_path() / "hearth-test-XXXXXX").string();
    path = mkdtemp(form.data());
  }
  ~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;

  std::filesystem::path path;
};

}  // namespace hearth
