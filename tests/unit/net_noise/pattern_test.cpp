#include "net/noise/pattern.hpp"

#include <boost/test/unit_test.hpp>

using namespace hearth::noise;
using hearth::error_code;

BOOST_AUTO_TEST_SUITE(patterns)

BOOST_AUTO_TEST_CASE(the_pattern_of_links) {
  const auto found = find_pattern("Noise_XXpsk0+psk3_25519_ChaChaPoly_BLAKE2b");
  BOOST_REQUIRE(found);
  BOOST_TEST(found->psks == 2u);
  BOOST_TEST(!found->initiator_known);
  BOOST_TEST(!found->responder_known);
  BOOST_REQUIRE_EQUAL(found->messages.size(), 3u);
  // No Diffie-Hellman before the first tag: what lets a responder drop a stranger cheaply.
  BOOST_TEST((found->messages[0] == std::vector{token::psk, token::e}));
  BOOST_TEST((found->messages[2] == std::vector{token::s, token::se, token::psk}));
}

BOOST_AUTO_TEST_CASE(known_keys) {
  BOOST_TEST(find_pattern("Noise_K1X1_25519_ChaChaPoly_BLAKE2b")->initiator_known);
  BOOST_TEST(!find_pattern("Noise_K1X1_25519_ChaChaPoly_BLAKE2b")->responder_known);
  BOOST_TEST(find_pattern("Noise_X1K_25519_ChaChaPoly_BLAKE2b")->responder_known);
  BOOST_TEST(find_pattern("Noise_N_25519_ChaChaPoly_BLAKE2b")->responder_known);
}

BOOST_AUTO_TEST_CASE(unknown_names_are_refused) {
  for (const auto* name :
       {"", "Noise_XX", "Noise__25519_ChaChaPoly_BLAKE2b", "Noise_25519_ChaChaPoly_BLAKE2b",
        "Noise_XX_25519_AESGCM_BLAKE2b", "Noise_XY_25519_ChaChaPoly_BLAKE2b",
        "Noise_XXpsk4_25519_ChaChaPoly_BLAKE2b", "Noise_XXpsk_25519_ChaChaPoly_BLAKE2b",
        "Noise_XXpsk0+_25519_ChaChaPoly_BLAKE2b", "Noise_XXpsk0+foo1_25519_ChaChaPoly_BLAKE2b",
        "Noise_XXpsk/_25519_ChaChaPoly_BLAKE2b", "Noise_XXfallback_25519_ChaChaPoly_BLAKE2b"}) {
    BOOST_TEST(find_pattern(name).error() == error_code(errc::unknown_protocol));
  }
}

BOOST_AUTO_TEST_SUITE_END()
