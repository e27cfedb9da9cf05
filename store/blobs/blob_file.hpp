// An open file of a store: an owned descriptor with reads at an offset. Thread-safe for reading.
#pragma once
#include <filesystem>
#include <utility>

#include "store/base/bytes.hpp"
#include "store/blobs/errc.hpp"

namespace hearth::blobs {

class blob_file {
 public:
  blob_file() = default;
  blob_file(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
  ~blob_file();
  blob_file(blob_file&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}
  blob_file& operator=(blob_file&& other) noexcept;

  /// Opens a file read-only (errc::no_such_blob when there is none) or read and write.
  static result<blob_file> open(const std::filesystem::path& path, bool writable = false);

  /// Owned by this object; its own file offset is never used.
  int descriptor() const { return descriptor_; }
  std::uint64_t size() const { return size_; }

  /// Up to length bytes from offset; fewer only at the end. errc::out_of_range for an offset behind
  /// the end. Allocates length bytes at most.
  result<bytes> read(std::uint64_t offset, std::size_t length) const;
  /// Writes all of data at offset.
  result<void> write(std::uint64_t offset, byte_view data);

 private:
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace hearth::blobs
