// The link handshake as a state machine without sockets: messages go in, messages come out.
// Noise_XXpsk0+psk3 (docs/protocols/noise.md), then one record in which the responder says whether
// it admits the initiator.
//   initiator: start() -> 1;  receive(2) -> 3;  receive(answer) -> done
//   responder: receive(1) -> 2;  receive(3) -> answer, done
// Not thread-safe. After an error the object is spent.
#pragma once
#include <optional>

#include "net/noise/handshake_state.hpp"
#include "net/transport/credentials.hpp"

namespace hearth::transport {

/// What both ends know after the handshake. The ciphers have passed the answer already.
struct handshake_outcome {
  node_id peer;
  purpose use = purpose::control;
  std::uint32_t epoch = 0;
  std::uint8_t version = 0;
  bool outgoing = false;
  noise::cipher_state send;
  noise::cipher_state receive;
};

/// The key that a node shows in handshakes, derived from its Ed25519 seed.
noise::key_pair static_key_of(const signing_key& key);

class handshake {
 public:
  /// A message to send, even when error says that this is the end.
  struct step {
    bytes reply;
    error_code error;
  };

  /// What is read from context is copied.
  static handshake initiator(const link_context& context, purpose use,
                             std::optional<node_id> expected = {});
  static handshake responder(const link_context& context);

  /// The initiator's first message; call once, first.
  result<bytes> start();
  /// Takes the peer's next message. Errors: stranger (responder, message 1), handshake_failed,
  /// bad_identity, self, wrong_peer, not_member, refused, no_common_version.
  step receive(byte_view message);

  bool done() const { return stage_ == stage::done; }
  /// The largest message that can be right now: what announces more is refused unread.
  std::size_t most_bytes() const;
  /// Call once, when done().
  handshake_outcome finish();

 private:
  enum class stage { start, message_1, message_2, message_3, answer, done, failed };
  struct candidate {
    noise::handshake_state state;
    purpose use;
    std::uint32_t epoch;
  };

  explicit handshake(const link_context& context);
  candidate prepare(const link_context& context, noise::role side, const gate& with,
                    purpose use) const;
  bytes identity(noise::role side, byte_view hash) const;
  result<void> learn_identity(byte_view payload, byte_view hash);
  result<void> check_peer() const;
  step fail(error_code error, bytes reply = {});
  step receive_1(byte_view message);
  step receive_2(byte_view message);
  step receive_3(byte_view message);
  step receive_answer(byte_view message);
  void split();

  stage stage_;
  signing_key key_;
  noise::key_pair static_key_;
  protocol_versions versions_;
  std::shared_ptr<const member_policy> policy_;
  std::optional<node_id> expected_;
  std::vector<candidate> candidates_;  // until message 1 shows which gate it is; then one
  handshake_outcome outcome_;
};

}  // namespace hearth::transport
