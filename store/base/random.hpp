// Randomness comes only from here, so that a simulation can replay a seed.
#pragma once
#include <cstdint>
#include <span>

#include "store/base/bytes.hpp"

namespace hearth {

class random_source {
 public:
  virtual ~random_source() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;

  std::uint64_t u64();
  bytes32 key();
};

/// The kernel's cryptographic generator (libsodium). Thread-safe.
random_source& system_random();

}  // namespace hearth
