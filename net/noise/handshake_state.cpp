#include "net/noise/handshake_state.hpp"

#include <algorithm>

namespace hearth::noise {

handshake_state::handshake_state(pattern shape, role side, handshake_keys keys,
                                 random_source& random)
    : shape_(std::move(shape)),
      side_(side),
      keys_(std::move(keys)),
      random_(&random),
      symmetric_(shape_.protocol_name) {}

result<handshake_state> handshake_state::create(pattern shape, role side, byte_view prologue,
                                                handshake_keys keys, random_source& random) {
  const bool initiator = side == role::initiator;
  const bool own_known = initiator ? shape.initiator_known : shape.responder_known;
  const bool peer_known = initiator ? shape.responder_known : shape.initiator_known;
  if ((own_known && !keys.own_static) || (peer_known && !keys.peer_static) ||
      keys.psks.size() != shape.psks) {
    return errc::missing_key;
  }
  handshake_state state(std::move(shape), side, std::move(keys), random);
  state.symmetric_.mix_hash(prologue);
  const auto mix_own = [&state] { state.symmetric_.mix_hash(state.keys_.own_static->open); };
  const auto mix_peer = [&state] { state.symmetric_.mix_hash(*state.keys_.peer_static); };
  if (state.shape_.initiator_known) initiator ? mix_own() : mix_peer();
  if (state.shape_.responder_known) initiator ? mix_peer() : mix_own();
  return state;
}

result<bytes> handshake_state::write_message(byte_view payload) {
  if (failed_ || complete() || !own_turn()) return errc::out_of_turn;
  auto out = write_all(payload);
  failed_ = !out;
  if (out) ++next_;
  return out;
}

result<bytes> handshake_state::read_message(byte_view message) {
  if (failed_ || complete() || own_turn()) return errc::out_of_turn;
  auto out = read_all(message);
  failed_ = !out;
  if (out) ++next_;
  return out;
}

result<transport_keys> handshake_state::split() const {
  if (!complete()) return errc::out_of_turn;
  auto [forward, back] = symmetric_.split();
  if (side_ == role::initiator) return transport_keys{forward, back};
  return transport_keys{back, forward};
}

result<bytes> handshake_state::write_all(byte_view payload) {
  bytes out;
  for (auto what : shape_.messages[next_]) {
    if (auto done = write_token(what, out); !done) return done.error();
  }
  if (auto done = symmetric_.encrypt_and_hash(payload, out); !done) return done.error();
  if (out.size() > longest_message) return errc::too_long;
  return out;
}

result<bytes> handshake_state::read_all(byte_view message) {
  if (message.size() > longest_message) return errc::too_long;
  byte_reader in(message);
  for (auto what : shape_.messages[next_]) {
    if (auto done = read_token(what, in); !done) return done.error();
  }
  bytes payload;
  if (symmetric_.has_key() && in.left() < tag_bytes) return errc::too_short;
  if (auto done = symmetric_.decrypt_and_hash(in.rest(), payload); !done) return done.error();
  return payload;
}

result<void> handshake_state::write_token(token what, bytes& out) {
  switch (what) {
    case token::e:
      own_ephemeral_ = key_pair::generate(*random_);
      out.insert(out.end(), own_ephemeral_->open.begin(), own_ephemeral_->open.end());
      mix_ephemeral(own_ephemeral_->open);
      return {};
    case token::s:
      if (!keys_.own_static) return errc::missing_key;
      return symmetric_.encrypt_and_hash(keys_.own_static->open, out);
    case token::psk:
      return mix_psk();
    default:
      return mix_dh(what);
  }
}

result<void> handshake_state::read_token(token what, byte_reader& in) {
  switch (what) {
    case token::e: {
      auto key = in.raw32();
      if (!key) return errc::too_short;
      peer_ephemeral_ = *key;
      mix_ephemeral(*key);
      return {};
    }
    case token::s: {
      auto sealed = in.raw(dh_bytes + (symmetric_.has_key() ? tag_bytes : 0));
      if (!sealed) return errc::too_short;
      bytes key;
      if (auto done = symmetric_.decrypt_and_hash(*sealed, key); !done) return done;
      keys_.peer_static.emplace();
      std::copy(key.begin(), key.end(), keys_.peer_static->begin());
      return {};
    }
    case token::psk:
      return mix_psk();
    default:
      return mix_dh(what);
  }
}

void handshake_state::mix_ephemeral(const bytes32& key) {
  symmetric_.mix_hash(key);
  // Section 9.2: with pre-shared keys, a fresh key also enters the chain.
  if (shape_.psks > 0) symmetric_.mix_key(key);
}

/// Of es, se: the first letter is the initiator's key, the second the responder's.
result<void> handshake_state::mix_dh(token what) {
  const bool initiator = side_ == role::initiator;
  const bool own_is_static =
      what == token::ss || (initiator ? what == token::se : what == token::es);
  const bool peer_is_static =
      what == token::ss || (initiator ? what == token::es : what == token::se);
  const auto& own = own_is_static ? keys_.own_static : own_ephemeral_;
  const auto& peer = peer_is_static ? keys_.peer_static : peer_ephemeral_;
  if (!own || !peer) return errc::missing_key;
  auto shared = diffie_hellman(own->secret, *peer);
  if (!shared) return shared.error();
  symmetric_.mix_key(shared->view());
  return {};
}

result<void> handshake_state::mix_psk() {
  symmetric_.mix_key_and_hash(keys_.psks[psks_used_++].view());
  return {};
}

}  // namespace hearth::noise
