// The node's store of logs: one RocksDB database in a folder, with column families of its own for
// each space. Opened once, owned by the composition root, and outlives all who append or read.
// Threads: as log_store (one worker strand for both spaces).
#pragma once
#include <filesystem>

#include "store/log/shared_log_store.hpp"

namespace hearth::logs {

class log_database {
 public:
  /// Opens or makes the store. The random source and the clock must outlive it.
  /// errc::locked (another process has it), newer_version, corrupt, disk_full, io_failed.
  static result<std::unique_ptr<log_database>> open(const std::filesystem::path& folder,
                                                    const signing_key& key, random_source& random,
                                                    const clock& time);

  shared_log_store& shared() { return *shared_; }
  local_log_store& local() { return *local_; }

 private:
  log_database() = default;
  std::unique_ptr<shared_log_store> shared_;
  std::unique_ptr<local_log_store> local_;
};

}  // namespace hearth::logs
