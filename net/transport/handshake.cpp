#include "net/transport/handshake.hpp"

#include <algorithm>

#include "store/base/hash.hpp"

namespace hearth::transport {
namespace {

constexpr std::string_view protocol_name = "Noise_XXpsk0+psk3_25519_ChaChaPoly_BLAKE2b";
constexpr std::size_t identity_bytes = 256;  // padded, so that later forms have room
constexpr std::size_t most_identity_bytes = 1024;
constexpr std::size_t answer_bytes = 16;
constexpr std::size_t most_answer_bytes = 256;
constexpr std::uint8_t identity_form = 1;

enum class verdict : std::uint8_t { welcome = 0, not_member = 1, no_common_version = 2 };

bytes prologue(std::uint8_t version, const gate& with, purpose use) {
  byte_writer out;
  out.raw(as_bytes("HearthLink"));
  out.u8(version);
  out.raw(blake2b(with.cluster_id()));
  out.u32(with.epoch());
  out.u8(static_cast<std::uint8_t>(use));
  return out.take();
}

/// What a node signs so that its static key is bound to its id in this very handshake.
bytes signed_text(noise::role side, const bytes32& static_key, byte_view hash) {
  byte_writer out;
  out.raw(as_bytes("hearth link identity v1"));
  out.u8(static_cast<std::uint8_t>(side));
  out.raw(static_key);
  out.raw(hash);
  return out.take();
}

bytes answer(verdict says) {
  bytes out(answer_bytes, 0);
  out[0] = static_cast<std::uint8_t>(says);
  return out;
}

}  // namespace

noise::key_pair static_key_of(const signing_key& key) {
  return noise::key_pair::from_secret(derive_secret(key.seed(), "hearth link static key v1"));
}

handshake::handshake(const link_context& context)
    : stage_(stage::start),
      key_(context.key),
      static_key_(static_key_of(context.key)),
      versions_(context.versions),
      policy_(context.policy) {}

handshake::candidate handshake::prepare(const link_context& context, noise::role side,
                                        const gate& with, purpose use) const {
  noise::handshake_keys keys;
  keys.own_static = static_key_;
  keys.psks = {with.psk0(), with.psk3()};
  // The pattern is known and its keys are there, so that value() does not throw.
  auto shape = noise::find_pattern(protocol_name).value();
  auto state = noise::handshake_state::create(std::move(shape), side,
                                              prologue(context.versions.handshake, with, use),
                                              std::move(keys), context.random);
  return {std::move(state).value(), use, with.epoch()};
}

handshake handshake::initiator(const link_context& context, purpose use,
                               std::optional<node_id> expected) {
  handshake made(context);
  made.expected_ = expected;
  made.outcome_.outgoing = true;
  made.candidates_.push_back(
      made.prepare(context, noise::role::initiator, context.gates->newest(), use));
  return made;
}

handshake handshake::responder(const link_context& context) {
  handshake made(context);
  made.stage_ = stage::message_1;
  for (const auto& with : context.gates->all()) {
    for (auto use : {purpose::control, purpose::bulk}) {
      made.candidates_.push_back(made.prepare(context, noise::role::responder, with, use));
    }
  }
  return made;
}

std::size_t handshake::most_bytes() const {
  constexpr auto key = noise::dh_bytes;
  constexpr auto tag = noise::tag_bytes;
  switch (stage_) {
    case stage::message_1:
      return key + tag;
    case stage::message_2:
      return key + (key + tag) + most_identity_bytes + tag;
    case stage::message_3:
      return (key + tag) + most_identity_bytes + tag;
    case stage::answer:
      return most_answer_bytes + tag;
    default:
      return 0;
  }
}

result<bytes> handshake::start() {
  if (stage_ != stage::start) return errc::handshake_failed;
  stage_ = stage::message_2;
  return candidates_.front().state.write_message({});
}

handshake::step handshake::receive(byte_view message) {
  switch (stage_) {
    case stage::message_1:
      return receive_1(message);
    case stage::message_2:
      return receive_2(message);
    case stage::message_3:
      return receive_3(message);
    case stage::answer:
      return receive_answer(message);
    default:
      return fail(errc::handshake_failed);
  }
}

handshake::step handshake::fail(error_code error, bytes reply) {
  stage_ = stage::failed;
  return {std::move(reply), error};
}

handshake::step handshake::receive_1(byte_view message) {
  const auto opens = [message](candidate& c) { return c.state.read_message(message).has_value(); };
  const auto found = std::find_if(candidates_.begin(), candidates_.end(), opens);
  if (found == candidates_.end()) return fail(errc::stranger);
  candidate chosen = std::move(*found);
  candidates_.clear();
  candidates_.push_back(std::move(chosen));
  auto& state = candidates_.front().state;
  auto reply = state.write_message(identity(noise::role::responder, state.handshake_hash()));
  if (!reply) return fail(errc::handshake_failed);
  stage_ = stage::message_3;
  return {std::move(*reply), {}};
}

handshake::step handshake::receive_2(byte_view message) {
  auto& state = candidates_.front().state;
  const auto hash = state.handshake_hash();
  auto payload = state.read_message(message);
  if (!payload) return fail(errc::handshake_failed);
  if (auto known = learn_identity(*payload, hash); !known) return fail(known.error());
  if (auto fits = check_peer(); !fits) return fail(fits.error());
  auto reply = state.write_message(identity(noise::role::initiator, state.handshake_hash()));
  if (!reply) return fail(errc::handshake_failed);
  split();
  stage_ = stage::answer;
  return {std::move(*reply), {}};
}

handshake::step handshake::receive_3(byte_view message) {
  auto& state = candidates_.front().state;
  const auto hash = state.handshake_hash();
  auto payload = state.read_message(message);
  if (!payload) return fail(errc::handshake_failed);
  if (auto known = learn_identity(*payload, hash); !known) return fail(known.error());
  split();
  const auto fits = check_peer();
  auto says = verdict::welcome;
  if (!fits) {
    says =
        fits.error() == errc::no_common_version ? verdict::no_common_version : verdict::not_member;
  }
  bytes reply;
  if (!outcome_.send.encrypt({}, answer(says), reply)) return fail(errc::handshake_failed);
  if (!fits) return fail(fits.error(), std::move(reply));
  stage_ = stage::done;
  return {std::move(reply), {}};
}

handshake::step handshake::receive_answer(byte_view message) {
  bytes content;
  if (!outcome_.receive.decrypt({}, message, content) || content.empty()) {
    return fail(errc::handshake_failed);
  }
  switch (static_cast<verdict>(content.front())) {
    case verdict::welcome:
      break;
    case verdict::no_common_version:
      return fail(errc::no_common_version);
    default:
      return fail(errc::refused);
  }
  stage_ = stage::done;
  return {};
}

bytes handshake::identity(noise::role side, byte_view hash) const {
  byte_writer out;
  out.u8(identity_form);
  out.raw(key_.id().key);
  out.raw(key_.sign(signed_text(side, static_key_.open, hash)));
  out.u8(versions_.oldest);
  out.u8(versions_.newest);
  auto padded = out.take();
  padded.resize(identity_bytes, 0);
  return padded;
}

result<void> handshake::learn_identity(byte_view payload, byte_view hash) {
  byte_reader in(payload);
  const auto form = in.u8();
  const auto key = in.raw32();
  const auto signed_with = in.raw(sizeof(signature));
  const auto oldest = in.u8();
  const auto newest = in.u8();
  // Each is asked for: after a read that failed, a shorter one may still succeed. A later form has
  // more after these.
  if (!form || !key || !signed_with || !oldest || !newest) return errc::bad_identity;
  if (*form < identity_form) return errc::bad_identity;
  const node_id peer{*key};
  signature proof;
  std::copy(signed_with->begin(), signed_with->end(), proof.begin());
  const auto side = outcome_.outgoing ? noise::role::responder : noise::role::initiator;
  const auto& static_key = *candidates_.front().state.peer_static();
  if (!verify(peer, signed_text(side, static_key, hash), proof)) return errc::bad_identity;
  outcome_.peer = peer;
  const auto version = std::min(*newest, versions_.newest);
  outcome_.version = version >= std::max(*oldest, versions_.oldest) ? version : 0;
  return {};
}

result<void> handshake::check_peer() const {
  if (outcome_.peer == key_.id()) return errc::self;
  if (expected_ && outcome_.peer != *expected_) return errc::wrong_peer;
  if (!policy_->admits(outcome_.peer)) return errc::not_member;
  if (outcome_.version == 0) return errc::no_common_version;
  return {};
}

void handshake::split() {
  const auto& chosen = candidates_.front();
  outcome_.use = chosen.use;
  outcome_.epoch = chosen.epoch;
  auto keys = chosen.state.split().value();  // complete: the last message was just passed
  outcome_.send = keys.send;
  outcome_.receive = keys.receive;
}

handshake_outcome handshake::finish() {
  candidates_.clear();
  return std::move(outcome_);
}

}  // namespace hearth::transport
