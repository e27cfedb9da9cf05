#include "store/log/rocks_backend.hpp"

#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <map>

#include "store/log/rocks_status.hpp"

namespace hearth::logs {
namespace {

using rocksdb::Slice;
using column = rocksdb::ColumnFamilyHandle*;

constexpr std::uint32_t store_version = 1;
constexpr std::uint8_t head_version = 1;
constexpr const char* version_key = "version";
// Payloads from this size on go to blob files, so that compaction does not copy them again and
// again.
constexpr std::uint64_t blob_from_bytes = 32 * 1024;
// Left free on the disk: RocksDB does not survive a write-ahead log that could not be written, so a
// write that might fill the disk is refused before it begins.
constexpr std::uint64_t reserve_bytes = 32 * 1024 * 1024;

Slice slice(byte_view data) {
  return {as_text(data).data(), data.size()};
}
byte_view view(const Slice& data) {
  return as_bytes({data.data(), data.size()});
}

bytes encode_key(const log_key& log) {
  byte_writer out;
  out.raw(log.author.key);
  out.u64(log.incarnation);
  return out.take();
}

bytes encode_key(const log_key& log, seq_no seq) {
  byte_writer out;
  out.raw(encode_key(log));
  out.u64(seq.value);
  return out.take();
}

bytes encode_stored(const stored_entry& item) {
  byte_writer out;
  out.raw(encode_header(item.value.header));
  out.u8(item.signed_here ? 1 : 0);
  if (item.signed_here) out.raw(*item.signed_here);
  out.raw(item.value.payload);
  return out.take();
}

/// What is on the disk and does not parse is damage.
result<stored_entry> decode_stored(byte_view data) {
  byte_reader in(data);
  auto raw = in.raw(header_bytes);
  if (!raw) return errc::corrupt;
  auto header = decode_header(*raw);
  auto has_signature = in.u8();
  if (!header || !has_signature) return errc::corrupt;
  stored_entry out;
  if (*has_signature == 1) {
    auto signed_with = in.raw(std::tuple_size_v<signature>);
    if (!signed_with) return errc::corrupt;
    out.signed_here.emplace();
    std::copy(signed_with->begin(), signed_with->end(), out.signed_here->begin());
  }
  if (in.left() != header->payload_size) return errc::corrupt;
  out.value.header = *header;
  out.value.payload.assign(in.rest().begin(), in.rest().end());
  return out;
}

bytes encode_head(const log_head& head) {
  byte_writer out;
  out.u8(head_version);
  out.u64(head.last.value);
  out.raw(head.hash);
  out.u64(head.hlc);
  out.u64(head.forked_at.value);
  return out.take();
}

result<log_head> decode_head(byte_view key, byte_view value) {
  constexpr std::size_t key_size = 40;
  constexpr std::size_t value_size = 57;
  if (key.size() != key_size || value.size() != value_size) return errc::corrupt;
  byte_reader key_in(key);
  byte_reader in(value);
  // The sizes were checked, so none of these reads can fail.
  log_head head;
  head.log.author.key = *key_in.raw32();
  head.log.incarnation = *key_in.u64();
  if (*in.u8() != head_version) return errc::newer_version;
  head.last.value = *in.u64();
  head.hash = *in.raw32();
  head.hlc = *in.u64();
  head.forked_at.value = *in.u64();
  return head;
}

/// The open database, shared by the backends of its spaces.
struct database {
  std::filesystem::path folder;
  bool broken = false;  // a write failed: none is tried again until the store is opened anew
  std::unique_ptr<rocksdb::DB> db;
  std::map<std::string, column> columns;

  ~database() {
    for (const auto& [name, handle] : columns)
      db->DestroyColumnFamilyHandle(handle);
    if (db) db->Close();
  }
};

class rocks_backend final : public log_backend {
 public:
  rocks_backend(std::shared_ptr<database> store, const std::string& name)
      : store_(std::move(store)),
        incarnation_key_(name + "_incarnation"),
        entries_(store_->columns.at(name + "_entries")),
        heads_(store_->columns.at(name + "_heads")),
        evidence_(store_->columns.at(name + "_evidence")) {}

  result<std::vector<log_head>> heads() override;
  result<std::optional<std::uint64_t>> incarnation() override;
  result<stored_entry> read(const log_key& log, seq_no seq) override;
  result<void> scan(const log_key& log, seq_no from, const visitor& visit) override {
    return scan_column(entries_, log, from, visit);
  }
  result<void> scan_evidence(const log_key& log, const visitor& visit) override {
    return scan_column(evidence_, log, seq_no{1}, visit);
  }
  result<void> commit(const log_batch& batch) override;

 private:
  result<void> scan_column(column from_column, const log_key& log, seq_no from,
                           const visitor& visit);

  std::shared_ptr<database> store_;
  std::string incarnation_key_;
  column entries_;
  column heads_;
  column evidence_;
};

result<std::vector<log_head>> rocks_backend::heads() {
  std::vector<log_head> out;
  const std::unique_ptr<rocksdb::Iterator> at(store_->db->NewIterator({}, heads_));
  for (at->SeekToFirst(); at->Valid(); at->Next()) {
    auto head = decode_head(view(at->key()), view(at->value()));
    if (!head) return head.error();
    out.push_back(*head);
  }
  if (!at->status().ok()) return from_rocks(at->status());
  return out;
}

result<std::optional<std::uint64_t>> rocks_backend::incarnation() {
  std::string value;
  const auto status = store_->db->Get({}, incarnation_key_, &value);
  if (status.IsNotFound()) return std::optional<std::uint64_t>{};
  if (!status.ok()) return from_rocks(status);
  auto number = byte_reader(as_bytes(value)).u64();
  if (!number) return errc::corrupt;
  return std::optional<std::uint64_t>{*number};
}

result<stored_entry> rocks_backend::read(const log_key& log, seq_no seq) {
  rocksdb::PinnableSlice value;
  const auto status = store_->db->Get({}, entries_, slice(encode_key(log, seq)), &value);
  if (!status.ok()) return from_rocks(status);
  return decode_stored(view(value));
}

result<void> rocks_backend::scan_column(column from_column, const log_key& log, seq_no from,
                                        const visitor& visit) {
  const auto prefix = encode_key(log);
  const std::unique_ptr<rocksdb::Iterator> at(store_->db->NewIterator({}, from_column));
  for (at->Seek(slice(encode_key(log, from))); at->Valid(); at->Next()) {
    if (!at->key().starts_with(slice(prefix))) return {};
    auto item = decode_stored(view(at->value()));
    if (!item) return item.error();
    if (!visit(std::move(*item))) return {};
  }
  if (!at->status().ok()) return from_rocks(at->status());
  return {};
}

result<void> check_space(const std::filesystem::path& folder, std::uint64_t bytes) {
  std::error_code unknown;
  const auto space = std::filesystem::space(folder, unknown);
  if (!unknown && space.available < reserve_bytes + 2 * bytes) return errc::disk_full;
  return {};
}

result<void> rocks_backend::commit(const log_batch& batch) {
  if (store_->broken) return errc::io_failed;
  rocksdb::WriteBatch writes;
  for (const auto& item : batch.entries) {
    const auto& header = item.value.header;
    writes.Put(entries_, slice(encode_key(header.log, header.seq)), slice(encode_stored(item)));
  }
  for (const auto& item : batch.evidence) {
    const auto& header = item.value.header;
    writes.Put(evidence_, slice(encode_key(header.log, header.seq)), slice(encode_stored(item)));
  }
  for (const auto& head : batch.heads) {
    writes.Put(heads_, slice(encode_key(head.log)), slice(encode_head(head)));
  }
  if (batch.incarnation) {
    byte_writer number;
    number.u64(*batch.incarnation);
    writes.Put(incarnation_key_, slice(number.view()));
  }
  rocksdb::WriteOptions durable;
  durable.sync = true;
  if (auto room = check_space(store_->folder, writes.GetDataSize()); !room) return room;
  const auto status = store_->db->Write(durable, &writes);
  if (status.ok()) return {};
  store_->broken = true;
  return from_rocks(status);
}

rocksdb::Options options() {
  rocksdb::Options out;
  out.create_if_missing = true;
  out.create_missing_column_families = true;
  out.max_open_files = 256;
  out.keep_log_file_num = 2;
  out.max_log_file_size = 1024 * 1024;
  out.max_total_wal_size = 64 * 1024 * 1024;
  out.db_write_buffer_size = 32 * 1024 * 1024;
  out.enable_blob_files = true;
  out.min_blob_size = blob_from_bytes;
  const auto codecs = rocksdb::GetSupportedCompressions();
  const bool lz4 =
      std::find(codecs.begin(), codecs.end(), rocksdb::kLZ4Compression) != codecs.end();
  out.compression = lz4 ? rocksdb::kLZ4Compression : rocksdb::kNoCompression;
  return out;
}

/// Our column families and whatever else the database has, since RocksDB wants all of them named.
std::vector<std::string> column_names(const rocksdb::Options& with, const std::string& folder) {
  std::vector<std::string> names;
  if (!rocksdb::DB::ListColumnFamilies(with, folder, &names).ok()) {
    names = {rocksdb::kDefaultColumnFamilyName};  // a new database
  }
  for (const std::string prefix : {"shared", "local"}) {
    for (const std::string suffix : {"_entries", "_heads", "_evidence"}) {
      if (std::find(names.begin(), names.end(), prefix + suffix) == names.end()) {
        names.push_back(prefix + suffix);
      }
    }
  }
  return names;
}

result<void> check_version(rocksdb::DB& db) {
  std::string value;
  const auto status = db.Get({}, version_key, &value);
  if (status.ok()) {
    auto version = byte_reader(as_bytes(value)).u32();
    if (!version) return errc::corrupt;
    if (*version > store_version) return errc::newer_version;
    return {};
  }
  if (!status.IsNotFound()) return from_rocks(status);
  byte_writer version;
  version.u32(store_version);
  rocksdb::WriteOptions durable;
  durable.sync = true;
  const auto written = db.Put(durable, version_key, slice(version.view()));
  if (!written.ok()) return from_rocks(written);
  return {};
}

}  // namespace

result<rocks_backends> open_rocks(const std::filesystem::path& folder) {
  std::error_code made;
  std::filesystem::create_directories(folder, made);
  if (made) return made == std::errc::no_space_on_device ? errc::disk_full : errc::io_failed;

  const auto how = options();
  const auto names = column_names(how, folder.string());
  std::vector<rocksdb::ColumnFamilyDescriptor> wanted;
  for (const auto& name : names)
    wanted.emplace_back(name, how);
  std::vector<column> handles;
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::Open(how, folder.string(), wanted, &handles, &opened);
  if (!status.ok()) return from_rocks(status);

  auto store = std::make_shared<database>();
  store->folder = folder;
  store->db.reset(opened);
  for (std::size_t i = 0; i < names.size(); ++i)
    store->columns.emplace(names[i], handles[i]);
  if (auto known = check_version(*store->db); !known) return known.error();
  rocks_backends out;
  out.shared = std::make_unique<rocks_backend>(store, "shared");
  out.local = std::make_unique<rocks_backend>(store, "local");
  return out;
}

}  // namespace hearth::logs
