#include "net/noise/symmetric_state.hpp"

#include <algorithm>

namespace hearth::noise {
namespace {

/// A key is the first half of a hash.
secret32 key_of(const secret64& hash) {
  secret32 key;
  std::copy_n(hash.data(), key.size(), key.data());
  return key;
}

}  // namespace

symmetric_state::symmetric_state(std::string_view protocol_name) {
  if (protocol_name.size() <= hash_.size()) {
    std::copy(protocol_name.begin(), protocol_name.end(), hash_.begin());
  } else {
    hash_ = hash(as_bytes(protocol_name));
  }
  chaining_key_ = secret64(hash_);
}

void symmetric_state::mix_key(byte_view input) {
  const auto out = hkdf(chaining_key_.view(), input, false);
  chaining_key_ = out.first;
  cipher_ = cipher_state(key_of(out.second));
}

void symmetric_state::mix_hash(byte_view data) {
  hash_ = hash(hash_, data);
}

void symmetric_state::mix_key_and_hash(byte_view input) {
  const auto out = hkdf(chaining_key_.view(), input, true);
  chaining_key_ = out.first;
  mix_hash(out.second.view());
  cipher_ = cipher_state(key_of(out.third));
}

result<void> symmetric_state::encrypt_and_hash(byte_view plaintext, bytes& out) {
  const auto start = out.size();
  auto done = cipher_.encrypt(hash_, plaintext, out);
  if (done) mix_hash(byte_view(out).subspan(start));
  return done;
}

result<void> symmetric_state::decrypt_and_hash(byte_view ciphertext, bytes& out) {
  auto done = cipher_.decrypt(hash_, ciphertext, out);
  if (done) mix_hash(ciphertext);
  return done;
}

std::pair<cipher_state, cipher_state> symmetric_state::split() const {
  const auto out = hkdf(chaining_key_.view(), {}, false);
  return {cipher_state(key_of(out.first)), cipher_state(key_of(out.second))};
}

}  // namespace hearth::noise
