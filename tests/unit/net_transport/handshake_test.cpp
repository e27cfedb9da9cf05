// The handshake played message by message, with an error put into each step. What a user would
// lose: a stranger or a removed node would be let in, or a member shut out.
#include "net/transport/handshake.hpp"

#include "parties.hpp"
#include "store/base/hash.hpp"

using namespace hearth;
using namespace hearth::transport_test;
using link_errc = transport::errc;

namespace {

struct scene {
  std::shared_ptr<link_context> a = make_node();
  std::shared_ptr<link_context> b = make_node();
  purpose use = purpose::control;
  std::optional<node_id> expected;
};

/// Who ended with what.
struct ending {
  error_code initiator;
  error_code responder;
  std::size_t messages = 0;
};

using change = std::function<void(std::size_t number, bytes& message)>;

struct play {
  explicit play(const scene& from, const change& on_wire = {})
      : initiator(handshake::initiator(*from.a, from.use, from.expected)),
        responder(handshake::responder(*from.b)) {
    auto message = initiator.start().value();
    bool to_responder = true;
    while (!message.empty()) {
      ++end.messages;
      if (on_wire) on_wire(end.messages, message);
      auto& receiver = to_responder ? responder : initiator;
      if (message.size() > receiver.most_bytes()) BOOST_TEST_MESSAGE("above the limit");
      auto next = receiver.receive(message);
      (to_responder ? end.responder : end.initiator) = next.error;
      message = std::move(next.reply);
      to_responder = !to_responder;
    }
  }
  handshake initiator;
  handshake responder;
  ending end;
};

/// An initiator that knows the secret but says what it likes about who it is.
bytes forged_third_message(handshake& victim, const signing_key& claims,
                           const noise::key_pair& static_key, const change& on_identity) {
  const auto with = make_gate();
  byte_writer prologue;
  prologue.raw(as_bytes("HearthLink"));
  prologue.u8(1);
  prologue.raw(blake2b(with.cluster_id()));
  prologue.u32(1);
  prologue.u8(1);
  noise::handshake_keys keys{static_key, {}, {with.psk0(), with.psk3()}};
  auto state = noise::handshake_state::create(
                   noise::find_pattern("Noise_XXpsk0+psk3_25519_ChaChaPoly_BLAKE2b").value(),
                   noise::role::initiator, prologue.view(), keys, system_random())
                   .value();
  const auto second = victim.receive(state.write_message({}).value());
  BOOST_REQUIRE(!second.error);
  BOOST_REQUIRE(state.read_message(second.reply));
  byte_writer text;
  text.raw(as_bytes("hearth link identity v1"));
  text.u8(0);
  text.raw(static_key.open);
  text.raw(state.handshake_hash());
  byte_writer identity;
  identity.u8(1);
  identity.raw(claims.id().key);
  identity.raw(claims.sign(text.view()));
  identity.u8(1);
  identity.u8(1);
  auto padded = identity.take();
  padded.resize(256, 0);
  if (on_identity) on_identity(3, padded);
  return state.write_message(padded).value();
}

error_code verdict_on(const change& on_identity, bool own_static = true) {
  const auto victim_node = make_node();
  auto victim = handshake::responder(*victim_node);
  const auto forger = signing_key::generate(system_random());
  const auto key = own_static ? static_key_of(forger) : noise::key_pair::generate(system_random());
  return victim.receive(forged_third_message(victim, forger, key, on_identity)).error;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(handshakes)

BOOST_AUTO_TEST_CASE(two_members_meet) {
  scene all;
  all.use = purpose::bulk;
  play run(all);
  BOOST_TEST(run.end.messages == 4u);
  BOOST_REQUIRE(run.initiator.done());
  BOOST_REQUIRE(run.responder.done());
  auto at_a = run.initiator.finish();
  auto at_b = run.responder.finish();
  BOOST_TEST((at_a.peer == all.b->key.id()));
  BOOST_TEST((at_b.peer == all.a->key.id()));
  BOOST_TEST((at_b.use == purpose::bulk));
  BOOST_TEST(at_a.outgoing);
  BOOST_TEST(!at_b.outgoing);
  BOOST_TEST(at_a.version == 1);
  bytes sealed;
  bytes opened;
  BOOST_REQUIRE(at_a.send.encrypt({}, as_bytes("first words"), sealed));
  BOOST_REQUIRE(at_b.receive.decrypt({}, sealed, opened));
  BOOST_TEST(as_text(opened) == "first words");
}

BOOST_AUTO_TEST_CASE(nothing_on_the_wire_is_a_key_or_an_id) {
  scene all;
  std::string wire;
  play run(all, [&](std::size_t, bytes& message) { wire += to_hex(message); });
  for (const auto& node : {all.a, all.b}) {
    BOOST_TEST(wire.find(to_hex(node->key.id().key)) == std::string::npos);
    BOOST_TEST(wire.find(to_hex(static_key_of(node->key).open)) == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_changed_bit_anywhere_ends_it) {
  const std::array expected{link_errc::stranger, link_errc::handshake_failed,
                            link_errc::handshake_failed, link_errc::handshake_failed};
  std::array<std::size_t, 4> sizes{};
  const scene all;
  play(all, [&](std::size_t number, bytes& message) { sizes[number - 1] = message.size(); });
  for (std::size_t number = 1; number <= 4; ++number) {
    for (std::size_t at = 0; at < sizes[number - 1]; at += number == 1 ? 1 : 13) {
      play run(all, [&](std::size_t n, bytes& m) {
        if (n == number) m[at] ^= 4;
      });
      const bool at_responder = number % 2 == 1;
      check_error(at_responder ? run.end.responder : run.end.initiator, expected[number - 1]);
      BOOST_TEST(!(at_responder ? run.responder : run.initiator).done());
      BOOST_TEST(run.end.messages == number);
    }
  }
}

BOOST_AUTO_TEST_CASE(short_and_long_messages_end_it) {
  const std::vector<std::function<void(bytes&)>> changes{
      [](bytes& m) { m.pop_back(); }, [](bytes& m) { m.push_back(0); }, [](bytes& m) { m.clear(); },
      [](bytes& m) { m.resize(7); }};
  for (std::size_t number = 1; number <= 4; ++number) {
    for (const auto& apply : changes) {
      play run(scene{}, [&](std::size_t n, bytes& m) {
        if (n == number) apply(m);
      });
      check_error(number % 2 == 1 ? run.end.responder : run.end.initiator,
                  number == 1 ? link_errc::stranger : link_errc::handshake_failed);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_stranger_is_shown_nothing) {
  scene all;
  all.a = make_node(make_gate(other_secret));
  play run(all);
  check_error(run.end.responder, link_errc::stranger);
  BOOST_TEST(run.end.messages == 1u);  // no answer went out
}

BOOST_AUTO_TEST_CASE(another_epoch_is_a_stranger_unless_its_gate_is_open) {
  scene all;
  all.a = make_node(make_gate(secret, 1));
  auto ring = std::make_shared<gate_ring>(make_gate(secret, 2));
  all.b->gates = ring;
  check_error(play(all).end.responder, link_errc::stranger);
  ring->set({make_gate(other_secret, 2), make_gate(secret, 1)});
  play run(all);
  BOOST_REQUIRE(run.responder.done());
  BOOST_TEST(run.responder.finish().epoch == 1u);
}

BOOST_AUTO_TEST_CASE(another_handshake_version_is_a_stranger) {
  scene all;
  all.a->versions.handshake = 2;
  check_error(play(all).end.responder, link_errc::stranger);
}

BOOST_AUTO_TEST_CASE(the_newest_common_version_is_taken) {
  scene all;
  all.a->versions = {1, 2, 5};
  all.b->versions = {1, 1, 3};
  play run(all);
  BOOST_REQUIRE(run.initiator.done());
  BOOST_TEST(run.initiator.finish().version == 3);
  BOOST_TEST(run.responder.finish().version == 3);
}

BOOST_AUTO_TEST_CASE(no_common_version_is_said_so) {
  scene all;
  all.a->versions = {1, 4, 5};
  all.b->versions = {1, 1, 3};
  check_error(play(all).end.initiator, link_errc::no_common_version);
}

BOOST_AUTO_TEST_CASE(who_is_not_a_member_learns_that_and_no_more) {
  scene all;
  all.b->policy = std::make_shared<admit_none>();
  play run(all);
  check_error(run.end.responder, link_errc::not_member);
  check_error(run.end.initiator, link_errc::refused);
  BOOST_TEST(!run.initiator.done());
}

BOOST_AUTO_TEST_CASE(an_initiator_shows_itself_only_to_members) {
  scene all;
  all.a->policy = std::make_shared<admit_none>();
  play run(all);
  check_error(run.end.initiator, link_errc::not_member);
  BOOST_TEST(run.end.messages == 2u);
}

BOOST_AUTO_TEST_CASE(another_node_than_expected) {
  scene all;
  all.expected = make_node()->key.id();
  check_error(play(all).end.initiator, link_errc::wrong_peer);
  all.expected = all.b->key.id();
  BOOST_TEST(play(all).initiator.done());
}

BOOST_AUTO_TEST_CASE(a_node_that_meets_itself_stops) {
  scene all;
  all.b = all.a;
  check_error(play(all).end.initiator, link_errc::self);
}

BOOST_AUTO_TEST_CASE(an_honest_identity_of_a_later_form_is_taken) {
  BOOST_TEST(!verdict_on([](std::size_t, bytes& identity) {
    identity[0] = 7;
    identity.resize(600, 9);
  }));
}

BOOST_AUTO_TEST_CASE(a_false_identity_is_refused) {
  const auto somebody = signing_key::generate(system_random()).id();
  const std::vector<change> lies{
      [&](std::size_t, bytes& m) { std::copy(somebody.key.begin(), somebody.key.end(), &m[1]); },
      [](std::size_t, bytes& m) { m[40] ^= 1; },    // the signature
      [](std::size_t, bytes& m) { m[0] = 0; },      // no such form
      [](std::size_t, bytes& m) { m.resize(98); },  // ends before the versions
      [](std::size_t, bytes& m) { m.resize(20); },  // ends inside the key
      [](std::size_t, bytes& m) { m.clear(); },
      [](std::size_t, bytes& m) { std::fill_n(&m[1], 96, std::uint8_t{0}); }};
  for (const auto& lie : lies)
    check_error(verdict_on(lie), link_errc::bad_identity);
}

BOOST_AUTO_TEST_CASE(an_identity_of_another_handshake_is_refused) {
  bytes recorded;
  BOOST_TEST(!verdict_on([&](std::size_t, bytes& identity) { recorded = identity; }));
  check_error(verdict_on([&](std::size_t, bytes& identity) { identity = recorded; }),
              link_errc::bad_identity);
}

BOOST_AUTO_TEST_CASE(a_signed_static_key_need_not_be_the_derived_one) {
  // The signature binds it; derivation is only this node's way to have one.
  BOOST_TEST(!verdict_on({}, false));
}

BOOST_AUTO_TEST_CASE(after_the_end_nothing_more_is_taken) {
  play run(scene{});
  check_error(run.responder.receive(bytes(48)).error, link_errc::handshake_failed);
  BOOST_TEST(!run.responder.done());
  check_error(run.initiator.start(), link_errc::handshake_failed);
  BOOST_TEST(run.responder.most_bytes() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
