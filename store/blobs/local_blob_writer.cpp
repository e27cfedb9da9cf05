#include "store/blobs/local_blob_writer.hpp"

#include <algorithm>

#include "store/blobs/local_blob_store.hpp"

namespace hearth::blobs {

local_blob_writer::local_blob_writer(local_blob_store& store, pending_file file)
    : store_(store), file_(std::move(file)) {}

result<void> local_blob_writer::append(byte_view data) {
  if (spent_) return hearth::errc::io_failed;
  if (data.size() > max_blob_bytes - pieces_.size_bytes) {
    spent_ = true;
    return errc::too_large;
  }
  if (auto written = file_.write(data); !written) {
    spent_ = true;
    return written;
  }
  hash(data);
  return {};
}

void local_blob_writer::hash(byte_view data) {
  pieces_.size_bytes += data.size();
  while (!data.empty()) {
    if (in_piece_ == 0) piece_ = start_piece_hash();
    const auto part = data.first(std::min<std::uint64_t>(data.size(), piece_bytes - in_piece_));
    piece_.update(part);
    in_piece_ += part.size();
    data = data.subspan(part.size());
    if (in_piece_ == piece_bytes) end_piece();
  }
}

void local_blob_writer::end_piece() {
  pieces_.hashes.push_back(piece_.finish());
  in_piece_ = 0;
}

result<stored_blob> local_blob_writer::finish() {
  if (spent_) return hearth::errc::io_failed;
  spent_ = true;
  if (in_piece_ > 0) end_piece();
  return store_.keep(std::move(file_), std::move(pieces_));
}

}  // namespace hearth::blobs
