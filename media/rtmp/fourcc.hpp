// Codec marks of FLV: the old numbers, and the four characters of Enhanced RTMP (version 2).
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "media/live/packet.hpp"

namespace hearth::rtmp {

constexpr std::uint32_t fourcc(std::string_view text) {
  std::uint32_t value = 0;
  for (const char c : text.substr(0, 4))
    value = value << 8 | static_cast<std::uint8_t>(c);
  return value;
}

struct fourcc_entry {
  std::string_view text;
  live::codec_id codec;
};

inline constexpr std::array<fourcc_entry, 6> known_fourccs{{
    {"avc1", live::codec_id::h264},
    {"hvc1", live::codec_id::hevc},
    {"av01", live::codec_id::av1},
    {"vp09", live::codec_id::vp9},
    {"mp4a", live::codec_id::aac},
    {"Opus", live::codec_id::opus},
}};

constexpr live::codec_id codec_of(std::uint32_t mark) {
  for (const auto& each : known_fourccs) {
    if (fourcc(each.text) == mark) return each.codec;
  }
  return live::codec_id::unknown;
}

constexpr std::uint32_t fourcc_of(live::codec_id codec) {
  for (const auto& each : known_fourccs) {
    if (each.codec == codec) return fourcc(each.text);
  }
  return 0;
}

namespace flv {

inline constexpr std::uint8_t codec_avc = 7;
inline constexpr std::uint8_t codec_hevc = 12;  // never standard, sent by many
inline constexpr std::uint8_t sound_aac = 10;
inline constexpr std::uint8_t sound_enhanced = 9;
inline constexpr std::uint8_t enhanced_video = 0x80;  // bit of the first byte
inline constexpr std::uint8_t frame_key = 1;
inline constexpr std::uint8_t frame_inter = 2;
inline constexpr std::uint8_t frame_command = 5;

/// AVCPacketType and AACPacketType, VideoPacketType and AudioPacketType.
enum class packet_type : std::uint8_t {
  sequence_start = 0,
  coded_frames = 1,
  sequence_end = 2,
  coded_frames_x = 3,  // no composition time
  metadata = 4,        // video; audio: channel layout
  mpeg2_sequence_start = 5,
  multitrack = 6,
  mod_ex = 7,
};

}  // namespace flv
}  // namespace hearth::rtmp
