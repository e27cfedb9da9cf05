#include "net/noise/primitives.hpp"

#include <sodium.h>

#include <algorithm>

namespace hearth::noise {
namespace {

constexpr std::size_t block_bytes = 128;

using nonce_bytes = std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES>;

/// Four zero bytes, then the counter in little endian.
nonce_bytes nonce_of(std::uint64_t counter) {
  nonce_bytes out{};
  for (std::size_t i = 0; i < 8; ++i)
    out[4 + i] = static_cast<std::uint8_t>(counter >> (8 * i));
  return out;
}

class hasher {
 public:
  hasher() { crypto_generichash_init(&state_, nullptr, 0, sizeof(hash_bytes)); }
  ~hasher() { sodium_memzero(&state_, sizeof state_); }
  hasher(const hasher&) = delete;
  hasher& operator=(const hasher&) = delete;

  hasher& add(byte_view data) {
    crypto_generichash_update(&state_, data.data(), data.size());
    return *this;
  }
  void finish(std::uint8_t* out) { crypto_generichash_final(&state_, out, sizeof(hash_bytes)); }

 private:
  crypto_generichash_state state_;
};

}  // namespace

void wipe(std::span<std::uint8_t> data) {
  sodium_memzero(data.data(), data.size());
}

key_pair key_pair::from_secret(const secret32& secret) {
  key_pair out{secret, {}};
  crypto_scalarmult_curve25519_base(out.open.data(), secret.data());
  return out;
}

key_pair key_pair::generate(random_source& random) {
  secret32 secret;
  random.fill(secret.writable());
  return from_secret(secret);
}

result<secret32> diffie_hellman(const secret32& own, const bytes32& other) {
  secret32 out;
  if (crypto_scalarmult_curve25519(out.data(), own.data(), other.data()) != 0 ||
      sodium_is_zero(out.data(), out.size()) != 0) {
    return errc::bad_public_key;
  }
  return out;
}

hash_bytes hash(byte_view first, byte_view second) {
  hash_bytes out;
  hasher().add(first).add(second).finish(out.data());
  return out;
}

secret64 hmac(byte_view key, byte_view first, byte_view second) {
  secret_bytes<block_bytes> inner;
  if (key.size() > block_bytes) {
    const secret64 shorter(hash(key));
    std::copy_n(shorter.data(), shorter.size(), inner.data());
  } else {
    std::copy(key.begin(), key.end(), inner.data());
  }
  secret_bytes<block_bytes> outer = inner;
  for (auto& byte : inner.writable())
    byte ^= 0x36;
  for (auto& byte : outer.writable())
    byte ^= 0x5c;
  secret64 digest;
  hasher().add(inner.view()).add(first).add(second).finish(digest.data());
  secret64 out;
  hasher().add(outer.view()).add(digest.view()).finish(out.data());
  return out;
}

hkdf_outputs hkdf(byte_view chaining_key, byte_view input, bool with_third) {
  constexpr std::array<std::uint8_t, 3> counter{1, 2, 3};
  const auto part = [&counter](std::size_t index) { return byte_view(counter).subspan(index, 1); };
  const auto temporary = hmac(chaining_key, input);
  hkdf_outputs out;
  out.first = hmac(temporary.view(), part(0));
  out.second = hmac(temporary.view(), out.first.view(), part(1));
  if (with_third) out.third = hmac(temporary.view(), out.second.view(), part(2));
  return out;
}

void seal(const secret32& key, std::uint64_t nonce, byte_view associated, byte_view plaintext,
          bytes& out) {
  const auto start = out.size();
  out.resize(start + plaintext.size() + tag_bytes);
  const auto number = nonce_of(nonce);
  crypto_aead_chacha20poly1305_ietf_encrypt(out.data() + start, nullptr, plaintext.data(),
                                            plaintext.size(), associated.data(), associated.size(),
                                            nullptr, number.data(), key.data());
}

result<void> open(const secret32& key, std::uint64_t nonce, byte_view associated,
                  byte_view ciphertext, bytes& out) {
  if (ciphertext.size() < tag_bytes) return errc::decrypt_failed;
  const auto start = out.size();
  out.resize(start + ciphertext.size() - tag_bytes);
  const auto number = nonce_of(nonce);
  if (crypto_aead_chacha20poly1305_ietf_decrypt(
          out.data() + start, nullptr, nullptr, ciphertext.data(), ciphertext.size(),
          associated.data(), associated.size(), number.data(), key.data()) != 0) {
    out.resize(start);
    return errc::decrypt_failed;
  }
  return {};
}

}  // namespace hearth::noise
