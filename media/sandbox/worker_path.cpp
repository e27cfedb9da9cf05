#include "media/sandbox/worker_path.hpp"

#include <array>

namespace hearth::sandbox {

namespace fs = std::filesystem;

result<fs::path> find_worker(const fs::path& configured) {
  std::error_code failed;
  if (!configured.empty()) {
    if (!fs::is_regular_file(configured, failed)) return errc::worker_not_found;
    return configured;
  }
  const auto folder = fs::read_symlink("/proc/self/exe", failed).parent_path();
  if (failed) return errc::worker_not_found;
  const std::array places{folder / "hearth-worker", folder.parent_path() / "bin" / "hearth-worker",
                          folder.parent_path() / "libexec" / "hearth" / "hearth-worker"};
  for (const auto& place : places) {
    if (fs::is_regular_file(place, failed)) return place;
  }
  return errc::worker_not_found;
}

}  // namespace hearth::sandbox
