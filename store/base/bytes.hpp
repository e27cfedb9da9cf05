// Byte strings, their printable forms, and bounds-checked big-endian reading and writing.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/base/errc.hpp"

namespace hearth {

using bytes = std::vector<std::uint8_t>;
using byte_view = std::span<const std::uint8_t>;
using bytes32 = std::array<std::uint8_t, 32>;

/// The bytes of a text, not copied.
byte_view as_bytes(std::string_view text);
/// The text of some bytes, not copied and not checked for UTF-8.
std::string_view as_text(byte_view data);

/// Lower-case hexadecimal.
std::string to_hex(byte_view data);
/// errc::malformed for an odd length or another character.
result<bytes> from_hex(std::string_view text);

/// RFC 4648 base32 in lower case without padding.
std::string to_base32(byte_view data);
/// errc::malformed for a character outside the alphabet, an impossible length or non-zero tail
/// bits.
result<bytes> from_base32(std::string_view text);

/// RFC 4648 base64 with padding.
std::string to_base64(byte_view data);

/// Whether text is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
bool is_utf8(std::string_view text);

/// Appends big-endian integers and byte strings to a growing buffer.
class byte_writer {
 public:
  void u8(std::uint8_t value) { out_.push_back(value); }
  void u16(std::uint16_t value) { integer(value, 2); }
  void u24(std::uint32_t value) { integer(value, 3); }
  void u32(std::uint32_t value) { integer(value, 4); }
  void u64(std::uint64_t value) { integer(value, 8); }
  void raw(byte_view data) { out_.insert(out_.end(), data.begin(), data.end()); }
  /// u32 length, then the bytes.
  void sized(byte_view data);

  const bytes& view() const { return out_; }
  bytes take() { return std::move(out_); }
  std::size_t size() const { return out_.size(); }

 private:
  void integer(std::uint64_t value, int width);
  bytes out_;
};

/// Reads what byte_writer wrote. Every read gives errc::truncated when too little is left. After
/// the first failure every other read fails too, and empty() is false: a parser may check the last
/// one.
class byte_reader {
 public:
  explicit byte_reader(byte_view data) : rest_(data) {}

  result<std::uint8_t> u8();
  result<std::uint16_t> u16();
  result<std::uint32_t> u24();
  result<std::uint32_t> u32();
  result<std::uint64_t> u64();
  result<byte_view> raw(std::size_t count);
  result<bytes32> raw32();
  /// u32 length, then the bytes; errc::too_large when the length is above limit.
  result<byte_view> sized(std::size_t limit);

  std::size_t left() const { return rest_.size(); }
  bool empty() const { return !failed_ && rest_.empty(); }
  byte_view rest() const { return rest_; }

 private:
  result<std::uint64_t> integer(int width);
  error_code fail(errc why);
  byte_view rest_;
  bool failed_ = false;
};

}  // namespace hearth
