// Ed25519 signatures (RFC 8032), by libsodium. A node's id is its public key.
#pragma once
#include <array>
#include <compare>
#include <string>

#include "store/base/random.hpp"

namespace hearth {

using signature = std::array<std::uint8_t, 64>;

/// The public Ed25519 key of a node; printed as 52 characters of lower-case base32.
struct node_id {
  bytes32 key{};

  auto operator<=>(const node_id&) const = default;
  std::string text() const { return to_base32(key); }
  /// errc::malformed when text is not the base32 of 32 bytes.
  static result<node_id> parse(std::string_view text);
  /// Four short words (12 bits each of the key's BLAKE2b) for people to compare.
  std::string words() const;
};

/// A node's secret signing key. Wiped when it goes.
class signing_key {
 public:
  static signing_key generate(random_source& random);
  static signing_key from_seed(const bytes32& seed);
  ~signing_key();
  signing_key(const signing_key&) = default;
  signing_key& operator=(const signing_key&) = default;

  const node_id& id() const { return id_; }
  const bytes32& seed() const { return seed_; }
  signature sign(byte_view message) const;

 private:
  signing_key() = default;
  bytes32 seed_{};
  std::array<std::uint8_t, 64> secret_{};
  node_id id_;
};

/// errc::bad_signature when the author did not sign this message.
result<void> verify(const node_id& author, byte_view message, const signature& signed_with);

}  // namespace hearth

template <>
struct std::hash<hearth::node_id> {
  std::size_t operator()(const hearth::node_id& id) const noexcept {
    std::size_t value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i)
      value = (value << 8) | id.key[i];
    return value;
  }
};
