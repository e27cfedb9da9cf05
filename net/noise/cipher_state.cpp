#include "net/noise/cipher_state.hpp"

#include <algorithm>

namespace hearth::noise {

result<void> cipher_state::encrypt(byte_view associated, byte_view plaintext, bytes& out) {
  if (!key_) {
    out.insert(out.end(), plaintext.begin(), plaintext.end());
    return {};
  }
  if (nonce_ == reserved_nonce) return errc::nonces_used_up;
  seal(*key_, nonce_++, associated, plaintext, out);
  return {};
}

result<void> cipher_state::decrypt(byte_view associated, byte_view ciphertext, bytes& out) {
  if (!key_) {
    out.insert(out.end(), ciphertext.begin(), ciphertext.end());
    return {};
  }
  if (nonce_ == reserved_nonce) return errc::nonces_used_up;
  auto opened = open(*key_, nonce_, associated, ciphertext, out);
  if (opened) ++nonce_;
  return opened;
}

void cipher_state::rekey() {
  if (!key_) return;
  const bytes32 zeros{};
  bytes sealed;
  seal(*key_, reserved_nonce, {}, zeros, sealed);
  std::copy_n(sealed.begin(), key_->size(), key_->data());
  wipe(sealed);
}

}  // namespace hearth::noise
