#include "store/base/signing.hpp"

#include <sodium.h>

#include "store/base/hash.hpp"

namespace hearth {
namespace {

constexpr std::string_view consonants = "bdfghjklmnprstvz";
constexpr std::string_view vowels = "aeio";

/// A word of four letters from 12 bits, e.g. "lodi".
std::string syllables(std::uint32_t bits) {
  std::string word;
  for (int shift : {6, 0}) {
    const auto six = (bits >> shift) & 63;
    word.push_back(consonants[six >> 2]);
    word.push_back(vowels[six & 3]);
  }
  return word;
}

}  // namespace

result<node_id> node_id::parse(std::string_view text) {
  auto raw = from_base32(text);
  if (!raw) return raw.error();
  if (raw->size() != 32) return errc::malformed;
  node_id id;
  std::copy(raw->begin(), raw->end(), id.key.begin());
  return id;
}

std::string node_id::words() const {
  const auto hash = blake2b(key);
  std::string out;
  for (std::size_t i = 0; i < 4; ++i) {
    if (i > 0) out.push_back('-');
    out += syllables((static_cast<std::uint32_t>(hash[i * 2]) << 8 | hash[i * 2 + 1]) & 0xfff);
  }
  return out;
}

signing_key signing_key::generate(random_source& random) {
  return from_seed(random.key());
}

signing_key signing_key::from_seed(const bytes32& seed) {
  signing_key key;
  key.seed_ = seed;
  crypto_sign_seed_keypair(key.id_.key.data(), key.secret_.data(), seed.data());
  return key;
}

signing_key::~signing_key() {
  sodium_memzero(seed_.data(), seed_.size());
  sodium_memzero(secret_.data(), secret_.size());
}

signature signing_key::sign(byte_view message) const {
  signature out;
  crypto_sign_detached(out.data(), nullptr, message.data(), message.size(), secret_.data());
  return out;
}

result<void> verify(const node_id& author, byte_view message, const signature& signed_with) {
  if (crypto_sign_verify_detached(signed_with.data(), message.data(), message.size(),
                                  author.key.data()) != 0) {
    return errc::bad_signature;
  }
  return {};
}

}  // namespace hearth
