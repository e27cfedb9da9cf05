#include "store/blobs/local_blob_store.hpp"

#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "store/blobs/local_blob_writer.hpp"

namespace hearth::blobs {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view pieces_suffix = ".pieces";
constexpr std::string_view state_suffix = ".state";

fs::path beside(fs::path path, std::string_view suffix) {
  path += suffix;
  return path;
}

result<void> make_folder(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) return from_errno(failed.value());
  return {};
}

/// Calls visit for each entry; a folder that can't be read has none.
template <class Visit>
void each_entry(const fs::path& folder, Visit visit) {
  std::error_code failed;
  for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
    visit(*it);
  }
}

bool is_shard(const fs::directory_entry& entry) {
  std::error_code ignored;
  return entry.path().filename().string().size() == 2 && entry.is_directory(ignored);
}

}  // namespace

result<std::unique_ptr<local_blob_store>> local_blob_store::open(const fs::path& folder) {
  std::unique_ptr<local_blob_store> store(new local_blob_store(folder));
  if (auto made = store->make_folders(); !made) return made.error();
  store->clear_leftovers();
  store->count_usage();
  return store;
}

result<void> local_blob_store::make_folders() {
  if (auto made = make_folder(incoming()); !made) return made;
  if (auto made = make_folder(partial()); !made) return made;
  return sync_folder(folder_);
}

void local_blob_store::clear_leftovers() const {
  for (const auto& folder : {incoming(), partial()}) {
    each_entry(folder, [](const fs::directory_entry& entry) {
      std::error_code ignored;
      if (entry.path().filename().string().starts_with(".pending-")) fs::remove(entry, ignored);
    });
  }
  each_entry(partial(), [](const fs::directory_entry& entry) {
    auto state = entry.path();
    std::error_code ignored;
    if (!fs::exists(state.replace_extension(state_suffix), ignored)) fs::remove(entry, ignored);
  });
}

void local_blob_store::count_usage() {
  const auto count_blob = [this](const fs::directory_entry& entry) {
    if (!blob_id::parse(entry.path().filename().string())) return;
    std::error_code failed;
    const auto size = entry.file_size(failed);
    if (failed) return;
    count(size);
  };
  each_entry(folder_, [&](const fs::directory_entry& first) {
    if (!is_shard(first)) return;
    each_entry(first.path(), [&](const fs::directory_entry& second) {
      if (is_shard(second)) each_entry(second.path(), count_blob);
    });
  });
}

fs::path local_blob_store::path_of(const blob_id& id) const {
  const auto name = id.text();
  return folder_ / name.substr(0, 2) / name.substr(2, 2) / name;
}

result<void> local_blob_store::require_space(std::uint64_t bytes) const {
  if (bytes > max_blob_bytes) return errc::too_large;
  struct ::statvfs about {};
  if (::statvfs(folder_.c_str(), &about) != 0) return from_errno(errno);
  if (bytes > static_cast<std::uint64_t>(about.f_bavail) * about.f_frsize) {
    return hearth::errc::disk_full;
  }
  return {};
}

result<std::unique_ptr<blob_writer>> local_blob_store::create_writer(std::uint64_t expected_bytes) {
  if (auto fits = require_space(expected_bytes); !fits) return fits.error();
  auto file = pending_file::create(incoming());
  if (!file) return file.error();
  return std::make_unique<local_blob_writer>(*this, std::move(*file));
}

bool local_blob_store::has(const blob_id& id) const {
  std::error_code failed;
  return fs::is_regular_file(path_of(id), failed);
}

result<std::uint64_t> local_blob_store::size(const blob_id& id) const {
  auto file = open_file(id);
  if (!file) return file.error();
  return file->size();
}

result<bytes> local_blob_store::read(const blob_id& id, std::uint64_t offset,
                                     std::size_t length) const {
  auto file = open_file(id);
  if (!file) return file.error();
  return file->read(offset, length);
}

result<blob_file> local_blob_store::open_file(const blob_id& id) const {
  return blob_file::open(path_of(id));
}

result<piece_list> local_blob_store::piece_hashes(const blob_id& id) const {
  if (!has(id)) return errc::no_such_blob;
  auto data = read_file(beside(path_of(id), pieces_suffix), max_piece_list_bytes);
  if (!data) return errc::damaged;
  auto list = piece_list::decode(*data);
  if (!list || !list->verify(id)) return errc::damaged;
  return list;
}

result<void> local_blob_store::check(const blob_id& id) const {
  auto file = open_file(id);
  if (!file) return file.error();
  auto list = piece_hashes(id);
  if (!list) return list.error();
  if (file->size() != list->size_bytes) return errc::damaged;
  for (std::uint64_t i = 0; i < list->count(); ++i) {
    auto piece = file->read(i * piece_bytes, piece_bytes);
    if (!piece) return piece.error();
    if (!verify_piece(*list, i, *piece)) return errc::damaged;
  }
  return {};
}

result<void> local_blob_store::remove(const blob_id& id) {
  std::lock_guard lock(mutex_);
  const auto path = path_of(id);
  std::error_code failed;
  const auto size = fs::file_size(path, failed);
  if (failed) return errc::no_such_blob;
  // The blob goes first: a list without its blob is harmless, a blob without its list is damaged.
  if (!fs::remove(path, failed)) return from_errno(failed.value());
  fs::remove(beside(path, pieces_suffix), failed);
  uncount(size);
  return sync_folder(path.parent_path());
}

blob_usage local_blob_store::usage() const {
  std::lock_guard lock(usage_mutex_);
  return usage_;
}

void local_blob_store::count(std::uint64_t bytes) {
  std::lock_guard lock(usage_mutex_);
  usage_.bytes += bytes;
  ++usage_.count;
}

void local_blob_store::uncount(std::uint64_t bytes) {
  std::lock_guard lock(usage_mutex_);
  usage_.bytes -= bytes;
  --usage_.count;
}

/// Folder and piece list of a new blob; taken when the blob is already there.
result<local_blob_store::place> local_blob_store::prepare_place(const blob_id& id,
                                                                const piece_list& pieces) {
  if (has(id)) return place::taken;
  const auto path = path_of(id);
  const auto shard = path.parent_path();
  std::error_code unknown;
  if (!fs::exists(shard, unknown)) {
    if (auto made = make_folder(shard); !made) return made.error();
    if (auto synced = sync_folder(shard.parent_path()); !synced) return synced.error();
    if (auto synced = sync_folder(folder_); !synced) return synced.error();
  }
  auto list = pending_file::create(incoming());
  if (!list) return list.error();
  if (auto written = list->write(pieces.encode()); !written) return written.error();
  if (auto kept = list->commit(beside(path, pieces_suffix)); !kept) return kept.error();
  return place::fresh;
}

result<stored_blob> local_blob_store::keep(pending_file file, piece_list pieces) {
  const auto id = pieces.id();
  // The long part, before the others have to wait; the one of commit() then has nothing to do.
  if (::fsync(file.descriptor()) != 0) return from_errno(errno);
  std::lock_guard lock(mutex_);
  auto prepared = prepare_place(id, pieces);
  if (!prepared) return prepared.error();
  if (*prepared == place::fresh) {
    if (auto kept = file.commit(path_of(id)); !kept) return kept.error();
    count(pieces.size_bytes);
  }
  return stored_blob{id, std::move(pieces), *prepared == place::taken};
}

result<stored_blob> local_blob_store::adopt(const fs::path& whole, const piece_list& pieces) {
  const auto id = pieces.id();
  std::lock_guard lock(mutex_);
  auto prepared = prepare_place(id, pieces);
  if (!prepared) return prepared.error();
  if (*prepared == place::taken) {
    ::unlink(whole.c_str());
    return stored_blob{id, pieces, true};
  }
  const auto path = path_of(id);
  if (::rename(whole.c_str(), path.c_str()) != 0) return from_errno(errno);
  count(pieces.size_bytes);
  if (auto synced = sync_folder(path.parent_path()); !synced) return synced.error();
  return stored_blob{id, pieces, false};
}

result<std::unique_ptr<partial_blob>> local_blob_store::fetch(const blob_id& id,
                                                              const piece_list& pieces) {
  if (pieces.size_bytes > max_blob_bytes) return errc::too_large;
  if (auto right = pieces.verify(id); !right) return right.error();
  std::error_code unknown;
  if (!fs::exists(beside(partial() / id.text(), state_suffix), unknown)) {
    if (auto fits = require_space(pieces.size_bytes); !fits) return fits.error();
  }
  return partial_blob::open(*this, partial(), pieces);
}

std::vector<blob_id> local_blob_store::unfinished() const {
  std::vector<blob_id> out;
  each_entry(partial(), [&out](const fs::directory_entry& entry) {
    if (entry.path().extension() != state_suffix) return;
    if (auto id = blob_id::parse(entry.path().stem().string())) out.push_back(*id);
  });
  std::sort(out.begin(), out.end());
  return out;
}

result<piece_list> local_blob_store::unfinished_pieces(const blob_id& id) const {
  const auto path = beside(partial() / id.text(), state_suffix);
  constexpr std::size_t most_bytes = max_piece_list_bytes + max_blob_bytes / piece_bytes / 8;
  auto data = read_file(path, most_bytes);
  if (!data) return errc::no_such_blob;
  auto list = piece_list::decode_front(*data);
  if (!list || !list->verify(id)) return errc::damaged;
  return list;
}

}  // namespace hearth::blobs
