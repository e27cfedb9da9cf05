#include "net/noise/cipher_state.hpp"

#include <boost/test/unit_test.hpp>

using namespace hearth;
using namespace hearth::noise;

namespace {

bytes copy(std::string_view text) {
  const auto view = as_bytes(text);
  return {view.begin(), view.end()};
}

struct pair {
  secret32 key{system_random().key()};
  cipher_state sender{key};
  cipher_state receiver{key};

  result<bytes> pass(std::string_view text) {
    bytes sealed;
    bytes opened;
    if (auto done = sender.encrypt({}, as_bytes(text), sealed); !done) return done.error();
    if (auto done = receiver.decrypt({}, sealed, opened); !done) return done.error();
    return opened;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(cipher_states)

BOOST_AUTO_TEST_CASE(a_failed_decryption_changes_nothing) {
  pair both;
  bytes sealed;
  BOOST_REQUIRE(both.sender.encrypt({}, as_bytes("hello"), sealed));
  auto bad = sealed;
  bad[2] ^= 1;
  bytes out{42};
  BOOST_TEST(both.receiver.decrypt({}, bad, out).error() ==
             error_code(noise::errc::decrypt_failed));
  BOOST_TEST((out == bytes{42}));
  BOOST_TEST(both.receiver.decrypt({}, bytes(15), out).error() ==
             error_code(noise::errc::decrypt_failed));
  BOOST_TEST(both.receiver.decrypt(as_bytes("other"), sealed, out).error() ==
             error_code(noise::errc::decrypt_failed));
  BOOST_REQUIRE(both.receiver.decrypt({}, sealed, out));
  BOOST_TEST(as_text(out) == "*hello");
}

BOOST_AUTO_TEST_CASE(a_message_cannot_be_played_twice) {
  pair both;
  bytes sealed;
  bytes out;
  BOOST_REQUIRE(both.sender.encrypt({}, as_bytes("once"), sealed));
  BOOST_REQUIRE(both.receiver.decrypt({}, sealed, out));
  BOOST_TEST(both.receiver.decrypt({}, sealed, out).error() ==
             error_code(noise::errc::decrypt_failed));
}

BOOST_AUTO_TEST_CASE(rekeying_together_goes_on_alone_does_not) {
  pair both;
  BOOST_TEST((both.pass("a").value() == copy("a")));
  both.sender.rekey();
  both.receiver.rekey();
  BOOST_TEST(both.sender.nonce() == 1u);
  BOOST_TEST((both.pass("b").value() == copy("b")));
  both.sender.rekey();
  BOOST_TEST(both.pass("c").error() == error_code(noise::errc::decrypt_failed));
}

BOOST_AUTO_TEST_CASE(the_last_nonce_is_never_used) {
  pair both;
  both.sender.set_nonce(~std::uint64_t{0} - 1);
  both.receiver.set_nonce(~std::uint64_t{0} - 1);
  BOOST_TEST((both.pass("last").value() == copy("last")));
  BOOST_TEST(both.pass("over").error() == error_code(noise::errc::nonces_used_up));
  bytes out;
  BOOST_TEST(both.receiver.decrypt({}, bytes(20), out).error() ==
             error_code(noise::errc::nonces_used_up));
}

BOOST_AUTO_TEST_CASE(without_a_key_bytes_pass_unchanged) {
  cipher_state none;
  none.rekey();
  bytes out;
  BOOST_REQUIRE(none.encrypt({}, as_bytes("open"), out));
  BOOST_TEST(as_text(out) == "open");
}

BOOST_AUTO_TEST_SUITE_END()
