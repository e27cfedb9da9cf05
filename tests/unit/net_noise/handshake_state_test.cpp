#include "net/noise/handshake_state.hpp"

#include <boost/test/unit_test.hpp>

#include "fixed_random.hpp"

using namespace hearth;
using namespace hearth::noise;

namespace {

constexpr std::string_view link_protocol = "Noise_XXpsk0+psk3_25519_ChaChaPoly_BLAKE2b";

handshake_keys keys_with(std::uint8_t psk0, std::uint8_t psk3) {
  handshake_keys keys;
  keys.own_static = key_pair::generate(system_random());
  for (auto fill : {psk0, psk3}) {
    bytes32 psk;
    psk.fill(fill);
    keys.psks.emplace_back(psk);
  }
  return keys;
}

handshake_state make(role side, handshake_keys keys, std::string_view protocol = link_protocol,
                     std::string_view prologue = "p") {
  return handshake_state::create(find_pattern(protocol).value(), side, as_bytes(prologue),
                                 std::move(keys), system_random())
      .value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(handshake_states)

BOOST_AUTO_TEST_CASE(both_learn_the_static_keys_and_share_a_hash) {
  auto a = make(role::initiator, keys_with(1, 2));
  auto b = make(role::responder, keys_with(1, 2));
  BOOST_REQUIRE(b.read_message(a.write_message({}).value()));
  BOOST_REQUIRE(a.read_message(b.write_message(as_bytes("me")).value()));
  BOOST_REQUIRE(b.read_message(a.write_message(as_bytes("you")).value()));
  BOOST_TEST(a.complete());
  BOOST_TEST(to_hex(a.handshake_hash()) == to_hex(b.handshake_hash()));
  BOOST_TEST(a.peer_static().has_value());
  auto from_a = a.split().value();
  auto from_b = b.split().value();
  bytes sealed;
  bytes opened;
  BOOST_REQUIRE(from_b.send.encrypt({}, as_bytes("hi"), sealed));
  BOOST_REQUIRE(from_a.receive.decrypt({}, sealed, opened));
  BOOST_TEST(as_text(opened) == "hi");
}

BOOST_AUTO_TEST_CASE(a_wrong_psk0_fails_at_the_first_message) {
  auto a = make(role::initiator, keys_with(9, 2));
  auto b = make(role::responder, keys_with(1, 2));
  BOOST_TEST(b.read_message(a.write_message({}).value()).error() ==
             error_code(noise::errc::decrypt_failed));
  BOOST_TEST(b.failed());
  BOOST_TEST(b.write_message({}).error() == error_code(noise::errc::out_of_turn));
}

BOOST_AUTO_TEST_CASE(a_wrong_psk3_fails_at_the_last_message) {
  auto a = make(role::initiator, keys_with(1, 9));
  auto b = make(role::responder, keys_with(1, 2));
  BOOST_REQUIRE(b.read_message(a.write_message({}).value()));
  BOOST_REQUIRE(a.read_message(b.write_message({}).value()));
  BOOST_TEST(b.read_message(a.write_message({}).value()).error() ==
             error_code(noise::errc::decrypt_failed));
}

BOOST_AUTO_TEST_CASE(another_prologue_fails) {
  auto a = make(role::initiator, keys_with(1, 2), link_protocol, "one");
  auto b = make(role::responder, keys_with(1, 2), link_protocol, "two");
  BOOST_TEST(b.read_message(a.write_message({}).value()).error() ==
             error_code(noise::errc::decrypt_failed));
}

BOOST_AUTO_TEST_CASE(turns_are_kept) {
  auto a = make(role::initiator, keys_with(1, 2));
  auto b = make(role::responder, keys_with(1, 2));
  BOOST_TEST(b.write_message({}).error() == error_code(noise::errc::out_of_turn));
  BOOST_TEST(a.read_message({}).error() == error_code(noise::errc::out_of_turn));
  BOOST_TEST(a.split().error() == error_code(noise::errc::out_of_turn));
}

BOOST_AUTO_TEST_CASE(short_and_long_messages_are_refused) {
  BOOST_TEST(make(role::responder, keys_with(1, 2)).read_message(bytes(31)).error() ==
             error_code(noise::errc::too_short));
  BOOST_TEST(make(role::responder, keys_with(1, 2)).read_message(bytes(47)).error() ==
             error_code(noise::errc::too_short));
  BOOST_TEST(make(role::responder, keys_with(1, 2)).read_message(bytes(65536)).error() ==
             error_code(noise::errc::too_long));
  BOOST_TEST(make(role::initiator, keys_with(1, 2)).write_message(bytes(65500)).error() ==
             error_code(noise::errc::too_long));
}

BOOST_AUTO_TEST_CASE(an_ephemeral_key_of_zeros_aborts) {
  const std::string_view protocol = "Noise_NN_25519_ChaChaPoly_BLAKE2b";
  auto b = make(role::responder, {}, protocol);
  BOOST_REQUIRE(b.read_message(bytes(32)));  // a first message in the clear: only the key
  BOOST_TEST(b.write_message({}).error() == error_code(noise::errc::bad_public_key));
}

BOOST_AUTO_TEST_CASE(missing_keys_are_named) {
  const auto shape = find_pattern("Noise_KK_25519_ChaChaPoly_BLAKE2b").value();
  BOOST_TEST(handshake_state::create(shape, role::initiator, {}, {}, system_random()).error() ==
             error_code(noise::errc::missing_key));
  auto keys = keys_with(1, 2);
  keys.psks.pop_back();
  BOOST_TEST(handshake_state::create(find_pattern(link_protocol).value(), role::initiator, {}, keys,
                                     system_random())
                 .error() == error_code(noise::errc::missing_key));
  auto nameless = make(role::initiator, {}, "Noise_IN_25519_ChaChaPoly_BLAKE2b");
  BOOST_TEST(nameless.write_message({}).error() == error_code(noise::errc::missing_key));
}

BOOST_AUTO_TEST_SUITE_END()
