// Blobs in a local folder (layout: docs/formats/blobs.md): DIR/ab/cd/NAME with its piece list
// beside it, DIR/incoming for what is being written, DIR/partial for what is being fetched. One
// process a folder: opening clears what a crash has left in DIR/incoming. Writers and partial blobs
// must not outlive the store.
#pragma once
#include <filesystem>
#include <mutex>
#include <vector>

#include "store/base/file.hpp"
#include "store/blobs/blob_store.hpp"
#include "store/blobs/partial_blob.hpp"

namespace hearth::blobs {

class local_blob_store final : public blob_store, private partial_blob_owner {
 public:
  /// Makes the folder when it is not there; walks it once to learn its usage.
  static result<std::unique_ptr<local_blob_store>> open(const std::filesystem::path& folder);

  result<std::unique_ptr<blob_writer>> create_writer(std::uint64_t expected_bytes = 0) override;
  bool has(const blob_id& id) const override;
  result<std::uint64_t> size(const blob_id& id) const override;
  result<bytes> read(const blob_id& id, std::uint64_t offset, std::size_t length) const override;
  result<blob_file> open_file(const blob_id& id) const override;
  result<piece_list> piece_hashes(const blob_id& id) const override;
  result<void> check(const blob_id& id) const override;
  result<void> remove(const blob_id& id) override;
  blob_usage usage() const override;

  /// Starts to fetch a blob from peers, or goes on with one that was begun (also before a restart).
  /// errc::wrong_piece_list when the list is not that of the blob; hearth::errc::disk_full when it
  /// can't fit. Keep one partial_blob for a blob at a time.
  result<std::unique_ptr<partial_blob>> fetch(const blob_id& id, const piece_list& pieces);
  /// Blobs whose fetch was begun and not ended, to be resumed after a restart.
  std::vector<blob_id> unfinished() const;
  /// The piece list of an unfinished blob. errc::no_such_blob.
  result<piece_list> unfinished_pieces(const blob_id& id) const;

  /// Where a whole blob lies.
  std::filesystem::path path_of(const blob_id& id) const;

 private:
  friend class local_blob_writer;
  explicit local_blob_store(std::filesystem::path folder) : folder_(std::move(folder)) {}

  result<void> make_folders();
  void clear_leftovers() const;
  void count_usage();
  result<void> require_space(std::uint64_t bytes) const;
  result<stored_blob> keep(pending_file file, piece_list pieces);
  result<stored_blob> adopt(const std::filesystem::path& whole, const piece_list& pieces) override;
  enum class place { fresh, taken };
  void count(std::uint64_t bytes);
  void uncount(std::uint64_t bytes);
  result<place> prepare_place(const blob_id& id, const piece_list& pieces);
  std::filesystem::path incoming() const { return folder_ / "incoming"; }
  std::filesystem::path partial() const { return folder_ / "partial"; }

  std::filesystem::path folder_;
  std::mutex mutex_;  // makes "is it there" and "put it there" one step
  mutable std::mutex usage_mutex_;
  blob_usage usage_;
};

}  // namespace hearth::blobs
