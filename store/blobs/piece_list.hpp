// The name of a blob and the hash tree behind it (docs/formats/blobs.md): BLAKE2b-256 over pieces
// of 1 MiB, with leaves, inner nodes and the root hashed apart, and the size bound into the root. A
// piece can be checked alone against the list, and the list against the name. Plain values.
#pragma once
#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "store/base/bytes.hpp"
#include "store/base/hash.hpp"
#include "store/blobs/errc.hpp"

namespace hearth::blobs {

inline constexpr std::uint64_t piece_bytes = 1024 * 1024;
inline constexpr std::uint64_t max_blob_bytes = 64ull * 1024 * 1024 * 1024;

/// The name of a blob; printed as 64 characters of lower-case hexadecimal.
struct blob_id {
  bytes32 hash{};

  auto operator<=>(const blob_id&) const = default;
  std::string text() const { return to_hex(hash); }
  /// errc::malformed for anything but 64 lower-case hexadecimal characters.
  static result<blob_id> parse(std::string_view text);
};

/// Number of pieces of a blob: 0 for an empty one.
constexpr std::uint64_t piece_count(std::uint64_t size_bytes) {
  return (size_bytes + piece_bytes - 1) / piece_bytes;
}

/// Hash of one piece.
bytes32 piece_hash(byte_view piece);
/// The same for a piece that arrives in parts: update() with its bytes, then finish().
blake2b_stream start_piece_hash();

struct piece_list {
  std::uint64_t size_bytes = 0;
  std::vector<bytes32> hashes;

  bool operator==(const piece_list&) const = default;
  std::uint64_t count() const { return hashes.size(); }
  /// Length of a piece: piece_bytes, or less for the last. Precondition: index < count().
  std::uint64_t length_of(std::uint64_t index) const;
  /// The name that this list leads to.
  blob_id id() const;
  /// errc::wrong_piece_list when the list is not that of this blob.
  result<void> verify(const blob_id& expected) const;

  bytes encode() const;
  /// errc::malformed, or too_large for a size above max_blob_bytes. Does not verify.
  static result<piece_list> decode(byte_view data);
  /// The same for a list with something behind it.
  static result<piece_list> decode_front(byte_view data);
};

/// Longest encoded list, for limits on what peers send.
inline constexpr std::size_t max_piece_list_bytes = 12 + 32 * (max_blob_bytes / piece_bytes);

/// errc::wrong_piece when the bytes are not piece number index, or there is no such piece.
result<void> verify_piece(const piece_list& list, std::uint64_t index, byte_view piece);

}  // namespace hearth::blobs

template <>
struct std::hash<hearth::blobs::blob_id> {
  std::size_t operator()(const hearth::blobs::blob_id& id) const noexcept {
    std::size_t value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i)
      value = (value << 8) | id.hash[i];
    return value;
  }
};
