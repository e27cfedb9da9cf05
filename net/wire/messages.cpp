#include "net/wire/messages.hpp"

#include <algorithm>

namespace hearth::wire {

result<std::uint16_t> common_protocol(const hello& ours, const hello& theirs) {
  const auto newest = std::min(ours.protocol_max, theirs.protocol_max);
  if (newest < ours.protocol_min || newest < theirs.protocol_min) return errc::incompatible;
  return newest;
}

}  // namespace hearth::wire
