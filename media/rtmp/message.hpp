// RTMP messages (specification 1.0, sections 5.4, 6 and 7): what chunks carry.
#pragma once
#include <cstdint>

#include "store/base/bytes.hpp"

namespace hearth::rtmp {

enum class message_type : std::uint8_t {
  set_chunk_size = 1,
  abort = 2,
  acknowledgement = 3,
  user_control = 4,
  window_ack_size = 5,
  set_peer_bandwidth = 6,
  audio = 8,
  video = 9,
  data_amf3 = 15,
  command_amf3 = 17,
  data_amf0 = 18,
  command_amf0 = 20,
  aggregate = 22,
};

struct message {
  message_type type = message_type::command_amf0;
  std::uint32_t timestamp_ms = 0;  // wraps after 49.7 days
  std::uint32_t stream_id = 0;
  bytes payload;
};

/// Chunk streams on which this server speaks.
inline constexpr std::uint8_t control_chunk_stream = 2;
inline constexpr std::uint8_t command_chunk_stream = 3;
inline constexpr std::uint8_t status_chunk_stream = 5;
inline constexpr std::uint8_t media_chunk_stream = 6;

/// The size of a chunk before anybody sets another.
inline constexpr std::uint32_t first_chunk_bytes = 128;

}  // namespace hearth::rtmp
