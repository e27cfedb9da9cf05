#include "store/blobs/partial_blob.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "store/base/file.hpp"

namespace hearth::blobs {
namespace {

namespace fs = std::filesystem;

/// A file of that size with its space reserved where the file system can do so.
result<void> make_sized_file(const fs::path& path, std::uint64_t size) {
  auto pending = pending_file::create(path.parent_path());
  if (!pending) return pending.error();
  const auto length = static_cast<::off_t>(size);
  if (size > 0 && ::fallocate(pending->descriptor(), 0, 0, length) != 0) {
    if (errno != EOPNOTSUPP && errno != ENOSYS) return from_errno(errno);
    if (::ftruncate(pending->descriptor(), length) != 0) return from_errno(errno);
  }
  return pending->commit(path);
}

}  // namespace

result<std::unique_ptr<partial_blob>> partial_blob::open(partial_blob_owner& owner,
                                                         const fs::path& folder,
                                                         const piece_list& pieces) {
  const auto base = folder / pieces.id().text();
  std::unique_ptr<partial_blob> out(new partial_blob(owner, base, pieces));
  auto resumed = out->resume();
  if (!resumed) return resumed.error();
  if (*resumed == progress::none) {
    if (auto started = out->start(); !started) return started.error();
  }
  return out;
}

result<void> partial_blob::start() {
  bitmap_.assign((pieces_.count() + 7) / 8, 0);
  missing_ = pieces_.count();
  if (auto made = make_sized_file(data_path(), pieces_.size_bytes); !made) return made;
  auto state = pieces_.encode();
  bitmap_offset_ = state.size();
  state.insert(state.end(), bitmap_.begin(), bitmap_.end());
  if (auto made = write_file_durably(state_path(), state); !made) return made;
  auto data_file = blob_file::open(data_path(), true);
  if (!data_file) return data_file.error();
  auto state_file = blob_file::open(state_path(), true);
  if (!state_file) return state_file.error();
  data_ = std::move(*data_file);
  state_ = std::move(*state_file);
  return {};
}

/// none: there is nothing fit to go on with.
result<partial_blob::progress> partial_blob::resume() {
  auto state_file = blob_file::open(state_path(), true);
  auto data_file = blob_file::open(data_path(), true);
  if (!state_file || !data_file) return progress::none;
  const auto list = pieces_.encode();
  const auto bitmap_bytes = (pieces_.count() + 7) / 8;
  if (state_file->size() != list.size() + bitmap_bytes) return progress::none;
  if (data_file->size() != pieces_.size_bytes) return progress::none;
  auto state = state_file->read(0, list.size() + bitmap_bytes);
  if (!state) return state.error();
  if (!std::equal(list.begin(), list.end(), state->begin())) return progress::none;
  bitmap_offset_ = list.size();
  bitmap_.assign(state->begin() + static_cast<std::ptrdiff_t>(list.size()), state->end());
  data_ = std::move(*data_file);
  state_ = std::move(*state_file);
  for (std::uint64_t i = 0; i < pieces_.count(); ++i) {
    if (!marked(i)) {
      ++missing_;
      continue;
    }
    auto piece = data_.read(i * piece_bytes, piece_bytes);
    if (piece && verify_piece(pieces_, i, *piece)) continue;
    ++missing_;
    if (auto cleared = mark(i, false); !cleared) return cleared.error();
  }
  return progress::resumed;
}

result<void> partial_blob::mark(std::uint64_t index, bool there) {
  auto& group = bitmap_[index / 8];
  const auto bit = static_cast<std::uint8_t>(1u << (index % 8));
  group = static_cast<std::uint8_t>(there ? group | bit : group & ~bit);
  return state_.write(bitmap_offset_ + index / 8, {&group, 1});
}

bool partial_blob::has(std::uint64_t index) const {
  std::lock_guard lock(mutex_);
  return index < pieces_.count() && marked(index);
}

std::optional<std::uint64_t> partial_blob::next_missing(std::uint64_t from) const {
  std::lock_guard lock(mutex_);
  for (auto i = from; i < pieces_.count(); ++i) {
    if (!marked(i)) return i;
  }
  return std::nullopt;
}

std::uint64_t partial_blob::missing_count() const {
  std::lock_guard lock(mutex_);
  return missing_;
}

result<void> partial_blob::add(std::uint64_t index, byte_view piece) {
  if (auto right = verify_piece(pieces_, index, piece); !right) return right;
  std::lock_guard lock(mutex_);
  if (marked(index)) return {};
  if (auto written = data_.write(index * piece_bytes, piece); !written) return written;
  --missing_;
  return mark(index, true);
}

result<bytes> partial_blob::read(std::uint64_t offset, std::size_t length) const {
  std::lock_guard lock(mutex_);
  if (offset > pieces_.size_bytes) return errc::out_of_range;
  const auto end = std::min<std::uint64_t>(pieces_.size_bytes, offset + length);
  for (auto i = offset / piece_bytes; i * piece_bytes < end; ++i) {
    if (!marked(i)) return errc::incomplete;
  }
  return data_.read(offset, length);
}

result<stored_blob> partial_blob::finish() {
  std::lock_guard lock(mutex_);
  if (missing_ > 0) return errc::incomplete;
  if (::fsync(data_.descriptor()) != 0) return from_errno(errno);
  auto stored = owner_.adopt(data_path(), pieces_);
  if (!stored) return stored;
  std::error_code ignored;
  fs::remove(state_path(), ignored);
  return stored;
}

void partial_blob::discard() {
  std::lock_guard lock(mutex_);
  std::error_code ignored;
  fs::remove(state_path(), ignored);
  fs::remove(data_path(), ignored);
}

}  // namespace hearth::blobs
