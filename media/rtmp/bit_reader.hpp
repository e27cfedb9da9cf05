// Bits from a byte view, most significant first, with the codes that codec headers use. Reading
// past the end gives zeros and fails the reader for good, so that a parser checks once at its end.
#pragma once
#include "store/base/bytes.hpp"

namespace hearth::rtmp {

class bit_reader {
 public:
  explicit bit_reader(byte_view data) : data_(data) {}

  bool failed() const { return failed_; }

  bool bit() {
    const auto byte = place_ / 8;
    if (byte >= data_.size()) {
      failed_ = true;
      return false;
    }
    return (data_[byte] >> (7 - place_++ % 8) & 1) != 0;
  }

  /// count at most 32.
  std::uint32_t bits(int count) {
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i)
      value = value << 1 | (bit() ? 1u : 0u);
    return value;
  }

  void skip(int count) {
    for (int i = 0; i < count; ++i)
      (void)bit();
  }

  /// Exp-Golomb, unsigned: ue(v) of H.264 and HEVC; also uvlc() of AV1.
  std::uint32_t unsigned_golomb() {
    int zeros = 0;
    while (!failed_ && !bit()) {
      if (++zeros > 31) failed_ = true;
    }
    if (failed_) return 0;
    return (1u << zeros) - 1 + bits(zeros);
  }

  /// Exp-Golomb, signed: se(v).
  std::int32_t signed_golomb() {
    const auto code = static_cast<std::int64_t>(unsigned_golomb());
    return static_cast<std::int32_t>(code % 2 == 1 ? (code + 1) / 2 : -(code / 2));
  }

 private:
  byte_view data_;
  std::size_t place_ = 0;
  bool failed_ = false;
};

}  // namespace hearth::rtmp
