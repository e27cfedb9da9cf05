// Files that are either whole and on the disk, or not there. All calls block: run them on a worker.
// Errors: errc::not_found, disk_full, too_large, io_failed.
#pragma once
#include <filesystem>
#include <memory>

#include "store/base/bytes.hpp"

namespace hearth {

/// The errc of an errno value.
errc from_errno(int number);

/// Reads a file of at most limit bytes.
result<bytes> read_file(const std::filesystem::path& path, std::size_t limit);

/// Temporary file beside path, fsync, rename, fsync of the folder. mode is that of the new file.
result<void> write_file_durably(const std::filesystem::path& path, byte_view content,
                                unsigned mode = 0600);

/// fsync of a folder, so that a rename in it lasts.
result<void> sync_folder(const std::filesystem::path& folder);

/// A temporary file being written, that is gone unless it was committed.
class pending_file {
 public:
  /// Makes folder/.pending-XXXXXX.
  static result<pending_file> create(const std::filesystem::path& folder);
  ~pending_file();
  pending_file(pending_file&& other) noexcept;
  pending_file& operator=(pending_file&& other) noexcept;

  result<void> write(byte_view data);
  std::uint64_t size() const { return size_; }
  const std::filesystem::path& path() const { return path_; }
  /// The open descriptor (read and write), owned by this object.
  int descriptor() const { return descriptor_; }
  /// fsync, rename to target, fsync of the folder. The object is spent whatever comes.
  result<void> commit(const std::filesystem::path& target);

 private:
  pending_file() = default;
  void discard() noexcept;
  std::filesystem::path path_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace hearth
