// Holds the framework against the vectors that snow and cacophony published. A mistake here would
// mean links that another implementation, or a later version of this one, cannot speak to.
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include "fixed_random.hpp"
#include "net/noise/handshake_state.hpp"
#include "store/base/file.hpp"

namespace {

using namespace hearth;
using namespace hearth::noise;
using hearth::noise_test::fixed_random;
namespace json = boost::json;

bytes hex(const json::value& value) {
  return from_hex(std::string_view(value.as_string())).value();
}

bytes32 key32(const json::value& value) {
  const auto raw = hex(value);
  BOOST_REQUIRE_EQUAL(raw.size(), 32u);
  bytes32 out;
  std::copy(raw.begin(), raw.end(), out.begin());
  return out;
}

struct party {
  fixed_random random;
  std::optional<handshake_state> handshake;
  std::optional<transport_keys> keys;
};

void set_up(party& who, const json::object& vector, role side) {
  const std::string prefix = side == role::initiator ? "init_" : "resp_";
  handshake_keys keys;
  if (const auto* own = vector.if_contains(prefix + "static")) {
    keys.own_static = key_pair::from_secret(secret32(key32(*own)));
  }
  if (const auto* peer = vector.if_contains(prefix + "remote_static")) {
    keys.peer_static = key32(*peer);
  }
  if (const auto* psks = vector.if_contains(prefix + "psks")) {
    for (const auto& psk : psks->as_array())
      keys.psks.emplace_back(key32(psk));
  }
  auto shape = find_pattern(std::string_view(vector.at("protocol_name").as_string()));
  BOOST_REQUIRE(shape);
  auto made = handshake_state::create(*shape, side, hex(vector.at(prefix + "prologue")),
                                      std::move(keys), who.random);
  BOOST_REQUIRE(made);
  who.handshake.emplace(std::move(*made));
}

party make_party(const json::object& vector, role side) {
  const std::string prefix = side == role::initiator ? "init_" : "resp_";
  const auto* ephemeral = vector.if_contains(prefix + "ephemeral");
  return {fixed_random(ephemeral ? hex(*ephemeral) : bytes(32, 1)), {}, {}};
}

/// One message through the handshake or, when that is over, through the transport ciphers.
void exchange(party& from, party& to, const bytes& payload, const bytes& expected) {
  bytes sent;
  bytes received;
  if (!from.handshake->complete()) {
    sent = from.handshake->write_message(payload).value();
    BOOST_REQUIRE_EQUAL(to_hex(sent), to_hex(expected));
    received = to.handshake->read_message(sent).value();
  } else {
    for (auto* who : {&from, &to}) {
      if (!who->keys) who->keys = who->handshake->split().value();
    }
    BOOST_REQUIRE(from.keys->send.encrypt({}, payload, sent));
    BOOST_REQUIRE_EQUAL(to_hex(sent), to_hex(expected));
    BOOST_REQUIRE(to.keys->receive.decrypt({}, sent, received));
  }
  BOOST_REQUIRE_EQUAL(to_hex(received), to_hex(payload));
}

void replay(const json::object& vector) {
  auto initiator = make_party(vector, role::initiator);
  auto responder = make_party(vector, role::responder);
  set_up(initiator, vector, role::initiator);
  set_up(responder, vector, role::responder);
  const bool one_way =
      find_pattern(std::string_view(vector.at("protocol_name").as_string()))->messages.size() == 1;
  bool forward = true;
  for (const auto& message : vector.at("messages").as_array()) {
    auto& from = forward ? initiator : responder;
    auto& to = forward ? responder : initiator;
    exchange(from, to, hex(message.at("payload")), hex(message.at("ciphertext")));
    forward = one_way || !forward;
  }
  BOOST_TEST(initiator.handshake->complete());
  if (const auto* expected = vector.if_contains("handshake_hash")) {
    BOOST_TEST(to_hex(initiator.handshake->handshake_hash()) ==
               std::string_view(expected->as_string()));
    BOOST_TEST(to_hex(responder.handshake->handshake_hash()) ==
               std::string_view(expected->as_string()));
  }
}

std::size_t replay_file(const std::string& name) {
  const auto content = read_file(std::string(HEARTH_TEST_DATA "/noise/") + name, 1'000'000);
  BOOST_REQUIRE(content);
  const auto all = json::parse(as_text(*content));
  std::size_t count = 0;
  for (const auto& vector : all.at("vectors").as_array()) {
    BOOST_TEST_CONTEXT(std::string_view(vector.at("protocol_name").as_string())) {
      replay(vector.as_object());
    }
    ++count;
  }
  return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vectors)

BOOST_AUTO_TEST_CASE(all_of_snow) {
  BOOST_TEST(replay_file("snow_25519_ChaChaPoly_BLAKE2b.json") == 51u);
}

BOOST_AUTO_TEST_CASE(all_of_cacophony) {
  BOOST_TEST(replay_file("cacophony_25519_ChaChaPoly_BLAKE2b.json") == 59u);
}

BOOST_AUTO_TEST_SUITE_END()
