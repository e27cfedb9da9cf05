#include "store/blobs/piece_list.hpp"

#include <algorithm>

namespace hearth::blobs {
namespace {

enum class domain : std::uint8_t { piece = 0, node = 1, root = 2 };
constexpr std::uint8_t format_version = 1;
constexpr std::string_view list_magic = "HPL1";
constexpr std::size_t list_head_bytes = 12;  // magic, size

bytes32 node_hash(const bytes32& left, const bytes32& right) {
  byte_writer writer;
  writer.u8(static_cast<std::uint8_t>(domain::node));
  writer.raw(left);
  writer.raw(right);
  return blake2b(writer.view());
}

/// Pairs from the left, level by level; one without a partner goes up as it is (the tree of RFC
/// 6962).
bytes32 tree_hash(std::vector<bytes32> level) {
  if (level.empty()) return {};
  while (level.size() > 1) {
    const auto pairs = level.size() / 2;
    for (std::size_t i = 0; i < pairs; ++i)
      level[i] = node_hash(level[2 * i], level[2 * i + 1]);
    if (level.size() % 2 != 0) level[pairs] = level.back();
    level.resize((level.size() + 1) / 2);
  }
  return level.front();
}

}  // namespace

result<blob_id> blob_id::parse(std::string_view text) {
  const auto allowed = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (text.size() != 64 || !std::all_of(text.begin(), text.end(), allowed)) return errc::malformed;
  auto raw = from_hex(text);
  if (!raw) return raw.error();
  blob_id id;
  std::copy(raw->begin(), raw->end(), id.hash.begin());
  return id;
}

blake2b_stream start_piece_hash() {
  constexpr std::array prefix{static_cast<std::uint8_t>(domain::piece)};
  blake2b_stream stream;
  stream.update(prefix);
  return stream;
}

bytes32 piece_hash(byte_view piece) {
  auto stream = start_piece_hash();
  stream.update(piece);
  return stream.finish();
}

std::uint64_t piece_list::length_of(std::uint64_t index) const {
  return std::min(piece_bytes, size_bytes - index * piece_bytes);
}

blob_id piece_list::id() const {
  byte_writer writer;
  writer.u8(static_cast<std::uint8_t>(domain::root));
  writer.u8(format_version);
  writer.u64(size_bytes);
  writer.raw(tree_hash(hashes));
  return {blake2b(writer.view())};
}

result<void> piece_list::verify(const blob_id& expected) const {
  if (hashes.size() != piece_count(size_bytes) || id() != expected) return errc::wrong_piece_list;
  return {};
}

bytes piece_list::encode() const {
  byte_writer writer;
  writer.raw(as_bytes(list_magic));
  writer.u64(size_bytes);
  for (const auto& hash : hashes)
    writer.raw(hash);
  return writer.take();
}

result<piece_list> piece_list::decode(byte_view data) {
  auto list = decode_front(data);
  if (list && data.size() != list_head_bytes + 32 * list->count()) return errc::malformed;
  return list;
}

result<piece_list> piece_list::decode_front(byte_view data) {
  byte_reader reader(data);
  const auto magic = reader.raw(list_magic.size());
  const auto size = reader.u64();
  if (!magic || !size || as_text(*magic) != list_magic) return errc::malformed;
  if (*size > max_blob_bytes) return errc::too_large;
  const auto count = piece_count(*size);
  if (reader.left() < count * 32) return errc::malformed;
  piece_list list{*size, {}};
  list.hashes.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i)
    list.hashes.push_back(*reader.raw32());
  return list;
}

result<void> verify_piece(const piece_list& list, std::uint64_t index, byte_view piece) {
  if (index >= list.count() || piece.size() != list.length_of(index) ||
      piece_hash(piece) != list.hashes[index]) {
    return errc::wrong_piece;
  }
  return {};
}

}  // namespace hearth::blobs
