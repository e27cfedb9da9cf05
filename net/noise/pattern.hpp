// Handshake patterns (Noise sections 7, 9 and 18) and protocol names.
#pragma once
#include <string>
#include <vector>

#include "net/noise/errc.hpp"

namespace hearth::noise {

enum class token : std::uint8_t { e, s, ee, es, se, ss, psk };

struct pattern {
  std::string protocol_name;
  bool initiator_known = false;  // pre-message: the responder has the initiator's static key
  bool responder_known = false;  // and the other way round
  std::vector<std::vector<token>> messages;  // the initiator's and the responder's in turn
  std::size_t psks = 0;
};

/// The pattern of a name such as Noise_XXpsk0+psk3_25519_ChaChaPoly_BLAKE2b: all one-way,
/// interactive and deferred patterns of the specification, with any psk modifiers.
/// errc::unknown_protocol.
result<pattern> find_pattern(std::string_view protocol_name);

}  // namespace hearth::noise
