// A blob on its way from peers, piece by piece in any order. Each piece is verified alone before it
// is kept, what has arrived can already be read, and a fetch goes on after a restart: the bitmap on
// disk is only a hint, so nothing has to be synced for each piece, and a marked piece is verified
// again when the fetch is resumed. Thread-safe. Calls block: run them on a worker thread.
#pragma once
#include <filesystem>
#include <mutex>
#include <optional>
#include <vector>

#include "store/blobs/blob_store.hpp"

namespace hearth::blobs {

/// What a partial blob needs of its store.
class partial_blob_owner {
 public:
  virtual ~partial_blob_owner() = default;
  /// Moves a whole and synced file to its place in the store.
  virtual result<stored_blob> adopt(const std::filesystem::path& whole,
                                    const piece_list& pieces) = 0;
};

class partial_blob {
 public:
  /// Opens or makes FOLDER/NAME.data and NAME.state; local_blob_store::fetch calls this.
  static result<std::unique_ptr<partial_blob>> open(partial_blob_owner& owner,
                                                    const std::filesystem::path& folder,
                                                    const piece_list& pieces);

  const blob_id& id() const { return id_; }
  const piece_list& pieces() const { return pieces_; }
  bool has(std::uint64_t index) const;
  /// The first missing piece from index on, none when all are there. Ask from the playing position.
  std::optional<std::uint64_t> next_missing(std::uint64_t from = 0) const;
  std::uint64_t missing_count() const;
  bool complete() const { return missing_count() == 0; }

  /// Keeps one piece. errc::wrong_piece: whoever sent it is at fault. A piece twice is no error.
  result<void> add(std::uint64_t index, byte_view piece);
  /// Bytes that have arrived: errc::incomplete when a piece of the range is missing.
  result<bytes> read(std::uint64_t offset, std::size_t length) const;

  /// Makes it a whole blob of the store: errc::incomplete while pieces are missing. Spent
  /// afterwards.
  result<stored_blob> finish();
  /// Gives up the fetch and removes what has arrived.
  void discard();

 private:
  partial_blob(partial_blob_owner& owner, std::filesystem::path base, piece_list pieces)
      : owner_(owner), base_(std::move(base)), pieces_(std::move(pieces)), id_(pieces_.id()) {}
  result<void> start();
  enum class progress { resumed, none };
  result<progress> resume();
  bool marked(std::uint64_t index) const { return (bitmap_[index / 8] >> (index % 8)) & 1; }
  result<void> mark(std::uint64_t index, bool there);
  std::filesystem::path data_path() const { return base_.string() + ".data"; }
  std::filesystem::path state_path() const { return base_.string() + ".state"; }

  partial_blob_owner& owner_;
  std::filesystem::path base_;
  piece_list pieces_;
  blob_id id_;
  mutable std::mutex mutex_;
  bytes bitmap_;
  std::uint64_t missing_ = 0;
  std::uint64_t bitmap_offset_ = 0;
  blob_file data_;
  blob_file state_;
};

}  // namespace hearth::blobs
