// Packets and configurations for tests.
#pragma once
#include "media/live/packet.hpp"

namespace hearth::live::test {

inline track_config video_track(int width = 640, std::uint8_t mark = 1) {
  track_config out;
  out.kind = track_kind::video;
  out.codec = codec_id::h264;
  out.record = {mark};
  out.width = width;
  out.height = 360;
  return out;
}

inline track_config audio_track() {
  track_config out;
  out.kind = track_kind::audio;
  out.codec = codec_id::aac;
  out.record = {9};
  out.sample_rate = 48000;
  out.channels = 2;
  return out;
}

inline packet video_packet(std::int64_t time_ms, bool key = false, std::size_t size = 100) {
  packet out;
  out.kind = track_kind::video;
  out.key_frame = key;
  out.dts_ms = out.pts_ms = time_ms;
  out.payload = std::make_shared<bytes>(size);
  return out;
}

inline packet audio_packet(std::int64_t time_ms, std::size_t size = 10) {
  auto out = video_packet(time_ms, true, size);
  out.kind = track_kind::audio;
  return out;
}

}  // namespace hearth::live::test
