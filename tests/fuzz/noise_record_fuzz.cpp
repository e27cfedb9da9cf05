// Everything that a link reads from the network. The first byte chooses:
//   0  a stranger's or member's messages to a responder, each with its length before it
//   1  raw bytes to a receiving link: records, of which hardly any decrypts
//   2  the content of honest records (an insider's frames), fed in pieces of odd sizes
//   3  an insider's identity in message 3
//   4  the text of an announcement, and its content when an insider sealed it
//   5  messages to an initiator
// Aborts when something impossible comes out, e.g. a handshake that ends well with a wrong
// identity.
#include <cstdlib>

#include "net/transport/announcement.hpp"
#include "net/transport/handshake.hpp"
#include "net/transport/record.hpp"
#include "store/base/hash.hpp"

namespace {

using namespace hearth;
using namespace hearth::transport;

constexpr std::size_t frame_limit = 1 << 16;

/// The same numbers in every run, so that an input does the same again.
class steady_numbers final : public random_source {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out)
      byte = static_cast<std::uint8_t>(next_ = next_ * 167 + 13);
  }

 private:
  unsigned next_ = 1;
};

class admit_all final : public member_policy {
 public:
  bool admits(const node_id&) const override { return true; }
};

const gate& our_gate() {
  static const gate instance = gate::from_secret(as_bytes("the secret of the fuzz target")).value();
  return instance;
}

link_context make_context(std::uint8_t seed, random_source& random) {
  static const auto ring = std::make_shared<gate_ring>(our_gate());
  static const auto policy = std::make_shared<admit_all>();
  bytes32 raw{};
  raw[0] = seed;
  return {.key = signing_key::from_seed(raw), .gates = ring, .policy = policy, .random = random};
}

void play_messages(handshake machine, byte_view input) {
  byte_reader in(input);
  while (!machine.done()) {
    const auto length = in.u16();
    if (!length || *length > machine.most_bytes()) return;
    const auto message = in.raw(*length);
    if (!message || machine.receive(*message).error) return;
  }
  machine.finish();
}

void read_frames(record_reader& reader, byte_view raw) {
  while (!raw.empty()) {
    const auto piece = raw.first(std::min<std::size_t>(raw.size(), 1 + raw.size() % 97));
    raw = raw.subspan(piece.size());
    if (!reader.feed(piece)) return;
    while (true) {
      const auto frame = reader.next_frame();
      if (!frame) return;
      if (!*frame) break;
      if ((*frame)->size() > frame_limit) std::abort();
    }
  }
}

void honest_records(byte_view content) {
  const noise::secret32 key(bytes32{1});
  record_writer writer{noise::cipher_state(key)};
  record_reader reader{noise::cipher_state(key), frame_limit};
  bytes sealed;
  if (!writer.seal(content, sealed)) std::abort();
  read_frames(reader, sealed);
}

/// The initiator's side by hand, so that the identity can be anything.
void forged_identity(byte_view identity) {
  steady_numbers random;
  const auto victim_context = make_context(1, random);
  const auto own = make_context(2, random);
  auto victim = handshake::responder(victim_context);
  byte_writer prologue;
  prologue.raw(as_bytes("HearthLink"));
  prologue.u8(1);
  prologue.raw(blake2b(our_gate().cluster_id()));
  prologue.u32(1);
  prologue.u8(1);
  auto shape = noise::find_pattern("Noise_XXpsk0+psk3_25519_ChaChaPoly_BLAKE2b").value();
  auto state = noise::handshake_state::create(
                   shape, noise::role::initiator, prologue.view(),
                   {static_key_of(own.key), {}, {our_gate().psk0(), our_gate().psk3()}}, random)
                   .value();
  const auto second = victim.receive(state.write_message({}).value());
  if (second.error || !state.read_message(second.reply)) std::abort();
  const auto third = state.write_message(identity);
  if (!third || third->size() > victim.most_bytes()) return;
  if (victim.receive(*third).error) return;
  if (!victim.done() || victim.finish().peer != own.key.id()) std::abort();
}

void announcement(byte_view input) {
  const gate_ring gates(our_gate());
  open_announcement(gates, as_text(input));
  bytes sealed(8, 0);
  noise::seal(our_gate().announcement_key(), 0, as_bytes("hearth announcement v1"), input, sealed);
  const auto read = open_announcement(gates, to_base32(sealed));
  if (read && (read->name.size() > 32 || !is_utf8(read->name))) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > (1 << 17)) return 0;
  const byte_view input(data + 1, size - 1);
  steady_numbers random;
  switch (data[0] % 6) {
    case 0:
      play_messages(handshake::responder(make_context(1, random)), input);
      break;
    case 1: {
      record_reader reader{noise::cipher_state(noise::secret32(bytes32{1})), frame_limit};
      read_frames(reader, input);
      break;
    }
    case 2:
      honest_records(input);
      break;
    case 3:
      forged_identity(input);
      break;
    case 4:
      announcement(input);
      break;
    default: {
      auto machine = handshake::initiator(make_context(2, random), purpose::control);
      if (!machine.start()) std::abort();
      play_messages(std::move(machine), input);
    }
  }
  return 0;
}
