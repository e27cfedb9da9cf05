// A Noise handshake (revision 34, section 5.3) as a state machine without I/O: write_message() and
// read_message() in turn until complete(), then split(). Diffie-Hellman results of zeros abort it.
// Secrets are wiped with the object. After any error it is spent. Not thread-safe.
#pragma once
#include <optional>

#include "net/noise/pattern.hpp"
#include "net/noise/symmetric_state.hpp"

namespace hearth::noise {

enum class role : std::uint8_t { initiator, responder };

constexpr std::size_t longest_message = 65535;

struct handshake_keys {
  std::optional<key_pair> own_static;
  std::optional<bytes32> peer_static;
  std::vector<secret32> psks;  // in the order of the pattern's psk tokens
};

/// Ciphers after the handshake, seen from this side.
struct transport_keys {
  cipher_state send;
  cipher_state receive;
};

class handshake_state {
 public:
  /// errc::missing_key when the pattern needs another key before its first message.
  static result<handshake_state> create(pattern shape, role side, byte_view prologue,
                                        handshake_keys keys, random_source& random);

  /// The next message with this payload. errc::out_of_turn, missing_key, bad_public_key, too_long.
  result<bytes> write_message(byte_view payload);
  /// The payload of the peer's next message. errc::out_of_turn, too_short, too_long,
  /// decrypt_failed, bad_public_key, missing_key.
  result<bytes> read_message(byte_view message);

  bool complete() const { return next_ == shape_.messages.size(); }
  bool failed() const { return failed_; }
  /// Hash of everything so far; after the end, a name for this channel that both sides share.
  const hash_bytes& handshake_hash() const { return symmetric_.handshake_hash(); }
  const std::optional<bytes32>& peer_static() const { return keys_.peer_static; }
  /// errc::out_of_turn before complete().
  result<transport_keys> split() const;

 private:
  handshake_state(pattern shape, role side, handshake_keys keys, random_source& random);
  bool own_turn() const { return (next_ % 2 == 0) == (side_ == role::initiator); }
  result<void> write_token(token what, bytes& out);
  result<void> read_token(token what, byte_reader& in);
  result<void> mix_dh(token what);
  result<void> mix_psk();
  result<bytes> write_all(byte_view payload);
  result<bytes> read_all(byte_view message);
  void mix_ephemeral(const bytes32& key);

  pattern shape_;
  role side_;
  handshake_keys keys_;
  random_source* random_;
  symmetric_state symmetric_;
  std::optional<key_pair> own_ephemeral_;
  std::optional<bytes32> peer_ephemeral_;
  std::size_t next_ = 0;
  std::size_t psks_used_ = 0;
  bool failed_ = false;
};

}  // namespace hearth::noise
