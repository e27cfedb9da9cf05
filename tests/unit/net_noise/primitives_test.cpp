#include "net/noise/primitives.hpp"

#include <boost/test/unit_test.hpp>

using namespace hearth;
using namespace hearth::noise;

BOOST_AUTO_TEST_SUITE(primitives)

// RFC 7748, section 6.1.
BOOST_AUTO_TEST_CASE(x25519_of_the_rfc) {
  const auto key = [](std::string_view text) {
    bytes32 out;
    const auto raw = from_hex(text).value();
    std::copy(raw.begin(), raw.end(), out.begin());
    return out;
  };
  const auto alice = key("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
  const auto bob = key_pair::from_secret(
      secret32(key("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")));
  BOOST_TEST(to_hex(bob.open) ==
             "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
  BOOST_TEST(to_hex(diffie_hellman(bob.secret, alice)->view()) ==
             "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
}

BOOST_AUTO_TEST_CASE(a_key_of_small_order_is_refused) {
  const auto own = key_pair::generate(system_random());
  bytes32 other{};
  BOOST_TEST(diffie_hellman(own.secret, other).error() == error_code(noise::errc::bad_public_key));
  other[0] = 1;
  BOOST_TEST(diffie_hellman(own.secret, other).error() == error_code(noise::errc::bad_public_key));
}

// HMAC is not BLAKE2b's keyed mode; the value is Python's hmac.new(key, data, hashlib.blake2b).
BOOST_AUTO_TEST_CASE(hmac_has_blocks_of_128) {
  const auto short_key = hmac(as_bytes("key"), as_bytes("The quick brown "), as_bytes("fox"));
  BOOST_TEST(to_hex(short_key.view()) ==
             "5c169e8a18362381efbc0f688fa1d48e99f2bd5885a19c29943e28b43d566f330555d6c37a277cd4cbb1d"
             "eca561f377c02f0d5388c6e1efd6e97de2bd8b2d678");
  const bytes long_key(200, 0x6b);
  BOOST_TEST(to_hex(hmac(long_key, as_bytes("data")).view()) ==
             "e05073b5bf098057caef5b86284f1664f350d4728b63d0d466242cbbceaf7bf76375def072d35f00d667e"
             "857018fc7bdedd84b59805f637fbb21b226f05afd5c");
}

BOOST_AUTO_TEST_CASE(wiping_leaves_zeros) {
  bytes data{1, 2, 3};
  wipe(data);
  BOOST_TEST((data == bytes{0, 0, 0}));
}

BOOST_AUTO_TEST_SUITE_END()
