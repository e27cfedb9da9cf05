// The functions that Noise (revision 34, section 12) builds on: X25519, ChaChaPoly, BLAKE2b, and
// HMAC and HKDF over it. The only file with primitives.cpp that calls libsodium.
#pragma once
#include "net/noise/errc.hpp"
#include "net/noise/secret.hpp"
#include "store/base/random.hpp"

namespace hearth::noise {

constexpr std::size_t dh_bytes = 32;
constexpr std::size_t tag_bytes = 16;
using hash_bytes = std::array<std::uint8_t, 64>;

struct key_pair {
  secret32 secret;
  bytes32 open{};

  static key_pair from_secret(const secret32& secret);
  static key_pair generate(random_source& random);
};

/// X25519. errc::bad_public_key when the result is all zeros.
result<secret32> diffie_hellman(const secret32& own, const bytes32& other);

/// BLAKE2b with 64 bytes of output over two parts.
hash_bytes hash(byte_view first, byte_view second = {});

/// HMAC (RFC 2104) over BLAKE2b with its block of 128 bytes; not BLAKE2b's own keyed mode.
secret64 hmac(byte_view key, byte_view first, byte_view second = {});

/// HKDF as in Noise section 4.3: fills two or three outputs.
struct hkdf_outputs {
  secret64 first;
  secret64 second;
  secret64 third;
};
hkdf_outputs hkdf(byte_view chaining_key, byte_view input, bool with_third);

/// Appends ciphertext and tag to out.
void seal(const secret32& key, std::uint64_t nonce, byte_view associated, byte_view plaintext,
          bytes& out);
/// Appends the plaintext to out; errc::decrypt_failed leaves out as it was.
result<void> open(const secret32& key, std::uint64_t nonce, byte_view associated,
                  byte_view ciphertext, bytes& out);

}  // namespace hearth::noise
