// Where the program hearth-worker is.
#pragma once
#include <filesystem>

#include "media/sandbox/errc.hpp"

namespace hearth::sandbox {

/// The configured path, or when it is empty the program beside the running one: in its folder, in
/// ../bin (tests) or in ../libexec/hearth (installed). errc::worker_not_found.
result<std::filesystem::path> find_worker(const std::filesystem::path& configured);

}  // namespace hearth::sandbox
