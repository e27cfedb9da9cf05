#include "store/log/rocks_status.hpp"

#include <rocksdb/status.h>

#include <string>

namespace hearth::logs {

errc from_rocks(const rocksdb::Status& status) {
  if (status.IsNotFound()) return errc::not_found;
  if (status.IsNoSpace()) return errc::disk_full;
  if (status.IsCorruption()) return errc::corrupt;
  // RocksDB has no code for a lock that somebody else holds, only its words.
  const auto words = status.ToString();
  if (words.find("lock file") != std::string::npos ||
      words.find("lock hold") != std::string::npos) {
    return errc::locked;
  }
  if (words.find("No space left") != std::string::npos ||
      words.find("Disk quota") != std::string::npos) {
    return errc::disk_full;
  }
  return errc::io_failed;
}

}  // namespace hearth::logs
