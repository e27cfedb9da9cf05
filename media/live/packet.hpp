// What a live stream is made of once its transport is taken off: tracks with a configuration, and
// timed packets. Sources (RTMP, later RTSP, SRT, a peer) make them, consumers (packager, players,
// recorder) read them. Plain values; a payload is shared and never changed.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "store/base/bytes.hpp"

namespace hearth::live {

enum class track_kind : std::uint8_t { video, audio };

enum class codec_id : std::uint8_t { unknown, h264, hevc, av1, vp9, aac, opus };

/// Lower-case name as the API shows it: "h264", "aac", …
std::string_view codec_name(codec_id codec);

/// How to decode a track. Sent before its first packet and again whenever it changes.
struct track_config {
  track_kind kind = track_kind::video;
  codec_id codec = codec_id::unknown;
  /// The codec's own record: AVCDecoderConfigurationRecord (ISO 14496-15), AudioSpecificConfig
  /// (ISO 14496-3), …
  bytes record;
  int width = 0;        // pixels, video; 0 when not known
  int height = 0;       // pixels, video
  int sample_rate = 0;  // Hz, audio
  int channels = 0;     // audio
};

/// One coded frame. Times are in milliseconds on the publisher's timeline.
struct packet {
  track_kind kind = track_kind::video;
  bool key_frame = false;  // a decoder can start here; true for every audio packet
  std::int64_t dts_ms = 0;
  std::int64_t pts_ms = 0;
  /// Length-prefixed NAL units for H.264/HEVC (as in MP4), raw frames for the others.
  std::shared_ptr<const bytes> payload;
};

enum class end_reason : std::uint8_t { finished, lost, stopped, failed };

/// Takes a stream as it arrives. Called from one strand; must not block.
class packet_sink {
 public:
  virtual ~packet_sink() = default;
  virtual void on_config(const track_config& config) = 0;
  virtual void on_packet(const packet& packet) = 0;
  /// The last call. Text says why, for a person.
  virtual void on_end(end_reason reason, std::string_view text) = 0;
};

}  // namespace hearth::live
