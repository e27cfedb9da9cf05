// Where media bytes are kept, by the hash of their content (piece_list.hpp). The same content twice
// is one blob: who still needs it is counted by the callers. A blob is whole and on the disk, or it
// is not there. All calls block: run them on a worker thread. Implementations are thread-safe; a
// writer belongs to one caller at a time.
#pragma once
#include <memory>

#include "store/blobs/blob_file.hpp"
#include "store/blobs/piece_list.hpp"

namespace hearth::blobs {

struct stored_blob {
  blob_id id;
  piece_list pieces;       // with the size
  bool was_there = false;  // the store already had this content
};

/// Takes the bytes of one new blob in any portions. What is not finished is discarded on
/// destruction.
class blob_writer {
 public:
  virtual ~blob_writer() = default;
  /// errc::too_large, hearth::errc::disk_full, io_failed; the writer is of no use after an error.
  virtual result<void> append(byte_view data) = 0;
  virtual std::uint64_t size() const = 0;
  /// Makes the blob durable. Call once; the writer is spent whatever comes.
  virtual result<stored_blob> finish() = 0;
};

struct blob_usage {
  std::uint64_t bytes = 0;
  std::uint64_t count = 0;
};

class blob_store {
 public:
  virtual ~blob_store() = default;

  /// expected_bytes (0 when not known) lets a blob that can't fit fail at once with
  /// hearth::errc::disk_full, or errc::too_large.
  virtual result<std::unique_ptr<blob_writer>> create_writer(std::uint64_t expected_bytes = 0) = 0;

  virtual bool has(const blob_id& id) const = 0;
  virtual result<std::uint64_t> size(const blob_id& id) const = 0;
  /// Up to length bytes (fewer only at the end), not verified again: see check().
  virtual result<bytes> read(const blob_id& id, std::uint64_t offset, std::size_t length) const = 0;
  /// For serving many ranges, or for handing to a worker process: opened read-only.
  virtual result<blob_file> open_file(const blob_id& id) const = 0;
  virtual result<piece_list> piece_hashes(const blob_id& id) const = 0;
  /// Reads all of it: errc::damaged when it no longer matches its name.
  virtual result<void> check(const blob_id& id) const = 0;
  /// errc::no_such_blob when it is not there. Those that have it open can read on.
  virtual result<void> remove(const blob_id& id) = 0;
  /// Whole blobs only.
  virtual blob_usage usage() const = 0;
};

}  // namespace hearth::blobs
