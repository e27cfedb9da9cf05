#include "store/base/hash.hpp"

#include <sodium.h>

namespace hearth {

struct blake2b_stream::state {
  crypto_generichash_state value;
};

bytes32 blake2b(byte_view data) {
  bytes32 out;
  crypto_generichash(out.data(), out.size(), data.data(), data.size(), nullptr, 0);
  return out;
}

bytes32 derive_key(byte_view secret, std::string_view label) {
  const auto key = as_bytes(label.substr(0, crypto_generichash_KEYBYTES_MAX));
  bytes32 out;
  crypto_generichash(out.data(), out.size(), secret.data(), secret.size(), key.data(), key.size());
  return out;
}

blake2b_stream::blake2b_stream() : state_(std::make_unique<state>()) {
  crypto_generichash_init(&state_->value, nullptr, 0, bytes32{}.size());
}

blake2b_stream::~blake2b_stream() = default;
blake2b_stream::blake2b_stream(blake2b_stream&&) noexcept = default;
blake2b_stream& blake2b_stream::operator=(blake2b_stream&&) noexcept = default;

void blake2b_stream::update(byte_view data) {
  crypto_generichash_update(&state_->value, data.data(), data.size());
}

bytes32 blake2b_stream::finish() {
  bytes32 out;
  crypto_generichash_final(&state_->value, out.data(), out.size());
  return out;
}

bool equal_in_constant_time(byte_view a, byte_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace hearth
