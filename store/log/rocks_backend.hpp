// Logs on RocksDB. One database holds a version, this node's incarnations and, for each space, the
// column families NAME_entries, NAME_heads and NAME_evidence. Layout: docs/formats/log.md. Each
// commit is one atomic write that is synced to the disk. Unknown column families of a newer release
// are left alone. Threads: as log_backend.
#pragma once
#include <filesystem>
#include <memory>

#include "store/log/log_backend.hpp"

namespace hearth::logs {

/// Backends of one database; it is closed when the last of them goes.
struct rocks_backends {
  std::unique_ptr<log_backend> shared;
  std::unique_ptr<log_backend> local;
};

/// Opens or makes a database in a folder. errc::locked, newer_version, corrupt, disk_full,
/// io_failed.
result<rocks_backends> open_rocks(const std::filesystem::path& folder);

}  // namespace hearth::logs
