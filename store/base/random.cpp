#include "store/base/random.hpp"

#include <sodium.h>

#include <stdexcept>

namespace hearth {
namespace {

class kernel_random final : public random_source {
 public:
  kernel_random() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  }
  void fill(std::span<std::uint8_t> out) override { randombytes_buf(out.data(), out.size()); }
};

}  // namespace

std::uint64_t random_source::u64() {
  std::array<std::uint8_t, 8> raw;
  fill(raw);
  return *byte_reader(raw).u64();
}

bytes32 random_source::key() {
  bytes32 out;
  fill(out);
  return out;
}

random_source& system_random() {
  static kernel_random instance;
  return instance;
}

}  // namespace hearth
