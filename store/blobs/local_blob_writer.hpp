// The writer of local_blob_store: hashes as it goes, into DIR/incoming.
#pragma once
#include "store/base/file.hpp"
#include "store/base/hash.hpp"
#include "store/blobs/blob_store.hpp"

namespace hearth::blobs {

class local_blob_store;

class local_blob_writer final : public blob_writer {
 public:
  local_blob_writer(local_blob_store& store, pending_file file);

  result<void> append(byte_view data) override;
  std::uint64_t size() const override { return pieces_.size_bytes; }
  result<stored_blob> finish() override;

 private:
  void end_piece();
  void hash(byte_view data);

  local_blob_store& store_;
  pending_file file_;
  piece_list pieces_;
  blake2b_stream piece_;
  std::uint64_t in_piece_ = 0;
  bool spent_ = false;
};

}  // namespace hearth::blobs
