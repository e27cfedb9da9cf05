// What is found out about a video, and how the worker tells it. Plain values.
#pragma once
#include <string>

#include "media/video/sniff.hpp"

namespace hearth::video {

struct video_info {
  container kind = container::mp4;
  std::uint64_t duration_ms = 0;  // 0 when not known
  std::uint32_t width = 0;        // pixels as shown: after the rotation was applied
  std::uint32_t height = 0;
  std::uint32_t frames_per_1000_s = 0;  // 0 when not known
  std::uint64_t bitrate_bps = 0;        // of the whole file; 0 when not known
  std::string video_codec;              // FFmpeg's short names: "h264", "vp9", …
  std::string audio_codec;              // empty without sound
  /// Whether today's browsers play the file as it is.
  bool browser_playable = false;
  /// A JPEG of at most 640 pixels a side; empty when no frame could be decoded.
  bytes poster;
};

bytes encode_report(const result<video_info>& report);
/// What the worker reported, or the errc it reported; sandbox::errc::bad_answer for what no honest
/// worker says.
result<video_info> decode_report(byte_view data);

/// What Chromium, Firefox and Safari all play: H.264 or AV1 with AAC or MP3 in MP4, VP8, VP9 or AV1
/// with Opus or Vorbis in WebM. common_pixels: 8 bits, 4:2:0.
bool plays_in_browsers(container kind, std::string_view video_codec, std::string_view audio_codec,
                       bool common_pixels);

}  // namespace hearth::video
