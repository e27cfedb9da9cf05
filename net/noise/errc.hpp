// Errors of net/noise.
#pragma once
#include <boost/system/error_category.hpp>
#include <boost/system/error_code.hpp>

#include "store/base/result.hpp"

namespace hearth::noise {

enum class errc {
  decrypt_failed = 1,  // the authentication tag does not match
  bad_public_key,      // a Diffie-Hellman result of zeros: the other key is of small order
  too_short,           // a message ends before its keys and tags
  too_long,            // a message above 65,535 bytes
  out_of_turn,         // it is the other side's turn, or the handshake is over or has failed
  missing_key,         // the pattern needs a key that was not given
  unknown_protocol,    // not Noise_PATTERN_25519_ChaChaPoly_BLAKE2b with a known pattern
  nonces_used_up,      // 2^64 - 1 messages under one key
};

const boost::system::error_category& noise_category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::noise

template <>
struct boost::system::is_error_code_enum<hearth::noise::errc> : std::true_type {};
