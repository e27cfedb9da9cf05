// A key and its message counter (Noise section 5.1). Not thread-safe.
#pragma once
#include <optional>

#include "net/noise/primitives.hpp"

namespace hearth::noise {

class cipher_state {
 public:
  cipher_state() = default;
  explicit cipher_state(const secret32& key) : key_(key) {}

  bool has_key() const { return key_.has_value(); }
  std::uint64_t nonce() const { return nonce_; }
  void set_nonce(std::uint64_t nonce) { nonce_ = nonce; }

  /// Appends the ciphertext and its tag of 16 bytes to out; without a key, the plaintext.
  /// errc::nonces_used_up.
  result<void> encrypt(byte_view associated, byte_view plaintext, bytes& out);
  /// Appends the plaintext to out. errc::decrypt_failed (the counter stays), nonces_used_up.
  result<void> decrypt(byte_view associated, byte_view ciphertext, bytes& out);
  /// Replaces the key by a one-way function of it (section 4.2); the counter goes on.
  void rekey();

 private:
  static constexpr std::uint64_t reserved_nonce = ~std::uint64_t{0};
  std::optional<secret32> key_;
  std::uint64_t nonce_ = 0;
};

}  // namespace hearth::noise
