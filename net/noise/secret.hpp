// Byte arrays that are wiped when they go.
#pragma once
#include <array>
#include <span>

#include "store/base/bytes.hpp"

namespace hearth::noise {

/// Overwrites with zeros in a way that the compiler keeps.
void wipe(std::span<std::uint8_t> data);

template <std::size_t Size>
class secret_bytes {
 public:
  secret_bytes() = default;
  explicit secret_bytes(const std::array<std::uint8_t, Size>& value) : value_(value) {}
  ~secret_bytes() { wipe(value_); }
  secret_bytes(const secret_bytes&) = default;
  secret_bytes& operator=(const secret_bytes&) = default;

  byte_view view() const { return value_; }
  std::span<std::uint8_t> writable() { return value_; }
  const std::uint8_t* data() const { return value_.data(); }
  std::uint8_t* data() { return value_.data(); }
  static constexpr std::size_t size() { return Size; }

 private:
  std::array<std::uint8_t, Size> value_{};
};

using secret32 = secret_bytes<32>;
using secret64 = secret_bytes<64>;

}  // namespace hearth::noise
