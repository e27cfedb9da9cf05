#include "store/base/bytes.hpp"

#include <algorithm>

namespace hearth {
namespace {

constexpr std::string_view base32_alphabet = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view hex_alphabet = "0123456789abcdef";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Length in bytes of a UTF-8 sequence that starts with lead; 0 for a bad lead.
std::size_t sequence_length(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

bool second_byte_fits(std::uint8_t lead, std::uint8_t second) {
  switch (lead) {
    case 0xe0:
      return second >= 0xa0;
    case 0xed:
      return second <= 0x9f;
    case 0xf0:
      return second >= 0x90;
    case 0xf4:
      return second <= 0x8f;
    default:
      return true;
  }
}

}  // namespace

byte_view as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view as_text(byte_view data) {
  return {reinterpret_cast<const char*>(data.data()), data.size()};
}

std::string to_hex(byte_view data) {
  std::string out;
  out.reserve(data.size() * 2);
  for (auto byte : data) {
    out.push_back(hex_alphabet[byte >> 4]);
    out.push_back(hex_alphabet[byte & 15]);
  }
  return out;
}

result<bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return errc::malformed;
  bytes out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return errc::malformed;
    out.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  return out;
}

std::string to_base32(byte_view data) {
  std::string out;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (auto byte : data) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out.push_back(base32_alphabet[(buffer >> bits) & 31]);
    }
  }
  if (bits > 0) out.push_back(base32_alphabet[(buffer << (5 - bits)) & 31]);
  return out;
}

result<bytes> from_base32(std::string_view text) {
  const auto tail = text.size() % 8;
  if (tail == 1 || tail == 3 || tail == 6) return errc::malformed;
  bytes out;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (char c : text) {
    const auto value = base32_alphabet.find(c);
    if (value == std::string_view::npos) return errc::malformed;
    buffer = (buffer << 5) | static_cast<std::uint32_t>(value);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<std::uint8_t>(buffer >> bits));
    }
  }
  if ((buffer & ((1u << bits) - 1)) != 0) return errc::malformed;
  return out;
}

std::string to_base64(byte_view data) {
  std::string out;
  for (std::size_t i = 0; i < data.size(); i += 3) {
    const auto left = data.size() - i;
    const std::uint32_t group = static_cast<std::uint32_t>(data[i]) << 16 |
                                (left > 1 ? static_cast<std::uint32_t>(data[i + 1]) << 8 : 0u) |
                                (left > 2 ? data[i + 2] : 0u);
    out.push_back(base64_alphabet[group >> 18]);
    out.push_back(base64_alphabet[(group >> 12) & 63]);
    out.push_back(left > 1 ? base64_alphabet[(group >> 6) & 63] : '=');
    out.push_back(left > 2 ? base64_alphabet[group & 63] : '=');
  }
  return out;
}

bool is_utf8(std::string_view text) {
  const auto data = as_bytes(text);
  for (std::size_t i = 0; i < data.size();) {
    const auto length = sequence_length(data[i]);
    if (length == 0 || i + length > data.size()) return false;
    if (length > 1 && !second_byte_fits(data[i], data[i + 1])) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if ((data[i + k] & 0xc0) != 0x80) return false;
    }
    i += length;
  }
  return true;
}

void byte_writer::sized(byte_view data) {
  u32(static_cast<std::uint32_t>(data.size()));
  raw(data);
}

void byte_writer::integer(std::uint64_t value, int width) {
  for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
    out_.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

result<std::uint64_t> byte_reader::integer(int width) {
  auto data = raw(static_cast<std::size_t>(width));
  if (!data) return data.error();
  std::uint64_t value = 0;
  for (auto byte : *data)
    value = (value << 8) | byte;
  return value;
}

result<std::uint8_t> byte_reader::u8() {
  auto value = integer(1);
  if (!value) return value.error();
  return static_cast<std::uint8_t>(*value);
}

result<std::uint16_t> byte_reader::u16() {
  auto value = integer(2);
  if (!value) return value.error();
  return static_cast<std::uint16_t>(*value);
}

result<std::uint32_t> byte_reader::u24() {
  auto value = integer(3);
  if (!value) return value.error();
  return static_cast<std::uint32_t>(*value);
}

result<std::uint32_t> byte_reader::u32() {
  auto value = integer(4);
  if (!value) return value.error();
  return static_cast<std::uint32_t>(*value);
}

result<std::uint64_t> byte_reader::u64() {
  return integer(8);
}

result<byte_view> byte_reader::raw(std::size_t count) {
  if (failed_ || count > rest_.size()) return fail(errc::truncated);
  auto data = rest_.first(count);
  rest_ = rest_.subspan(count);
  return data;
}

error_code byte_reader::fail(errc why) {
  failed_ = true;
  rest_ = {};
  return why;
}

result<bytes32> byte_reader::raw32() {
  auto data = raw(32);
  if (!data) return data.error();
  bytes32 out;
  std::copy(data->begin(), data->end(), out.begin());
  return out;
}

result<byte_view> byte_reader::sized(std::size_t limit) {
  auto length = u32();
  if (!length) return length.error();
  if (*length > limit) return fail(errc::too_large);
  return raw(*length);
}

}  // namespace hearth
