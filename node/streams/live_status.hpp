// What a node tells its peers about its streams that are live now: signed and short-lived by the
// presence message that carries it, never logged.
#pragma once
#include <string>
#include <vector>

#include "store/base/bytes.hpp"

namespace hearth::streams {

struct live_status {
  std::string stream_id;
  std::int64_t started_ms = 0;  // wall clock of the source node
  std::int32_t width = 0;
  std::int32_t height = 0;
  double fps = 0;
  std::uint64_t bitrate_bps = 0;
  std::string video_codec;
  std::string audio_codec;
  std::uint64_t bytes_received = 0;
  std::uint64_t frames_received = 0;
  std::uint64_t dropped = 0;
  std::uint32_t viewers = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(stream_id, started_ms, width, height, fps, bitrate_bps, video_codec, audio_codec,
            bytes_received, frames_received, dropped, viewers);
  }
};

struct live_report {
  std::uint8_t format = 1;
  std::vector<live_status> streams;  // at most 200 are told

  template <class Archive>
  void serialize(Archive& archive) {
    archive(format, streams);
  }
};

inline constexpr std::size_t most_reported = 200;

bytes encode_report(const live_report& report);
/// errc::bad_field for more streams than most_reported or fields out of range.
result<live_report> decode_report(byte_view body);

}  // namespace hearth::streams
