// The running hash and keys of a handshake (Noise section 5.2). Not thread-safe.
#pragma once
#include <utility>

#include "net/noise/cipher_state.hpp"

namespace hearth::noise {

class symmetric_state {
 public:
  explicit symmetric_state(std::string_view protocol_name);

  void mix_key(byte_view input);
  void mix_hash(byte_view data);
  void mix_key_and_hash(byte_view input);
  /// Appends to out.
  result<void> encrypt_and_hash(byte_view plaintext, bytes& out);
  /// Appends to out.
  result<void> decrypt_and_hash(byte_view ciphertext, bytes& out);
  bool has_key() const { return cipher_.has_key(); }
  const hash_bytes& handshake_hash() const { return hash_; }
  /// The keys from initiator to responder and back.
  std::pair<cipher_state, cipher_state> split() const;

 private:
  cipher_state cipher_;
  secret64 chaining_key_;
  hash_bytes hash_{};
};

}  // namespace hearth::noise
