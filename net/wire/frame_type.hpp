// The first byte of a frame. Numbers are never used again for something else. Internal.
#pragma once
#include <cstdint>

namespace hearth::wire {

enum class frame_type : std::uint8_t {
  hello = 1,
  digest = 2,
  versions = 3,
  want = 4,
  entries = 5,
  ack = 6,
  presence = 7,
  ping = 8,
  pong = 9,
  fetch_request = 10,
  fetch_response = 11,
  bye = 12,
};

/// Bits of the first byte of an entries frame.
inline constexpr std::uint8_t deflated_flag = 1;
inline constexpr std::uint8_t answer_flag = 2;

}  // namespace hearth::wire
