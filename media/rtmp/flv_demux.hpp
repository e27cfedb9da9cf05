// FLV video and audio tags (Adobe FLV 10.1, annex E; Enhanced RTMP v2) made into live packets. No
// I/O. One object a publisher; feeds its sink with configurations and packets whose decoding times
// never go back within a track. A frame before its track's configuration is dropped and counted.
#pragma once
#include "media/live/packet.hpp"
#include "media/rtmp/errc.hpp"
#include "media/rtmp/timeline.hpp"
#include "media/rtmp/video_size.hpp"
#include "store/base/result.hpp"

namespace hearth::rtmp {

class flv_demux {
 public:
  explicit flv_demux(live::packet_sink& sink) : sink_(sink) {}

  /// The payload of a message of type video or audio. Errors: errc::bad_media, bad_config,
  /// unsupported_codec.
  result<void> video(std::uint32_t timestamp_ms, bytes tag);
  result<void> audio(std::uint32_t timestamp_ms, bytes tag);

  std::uint64_t dropped() const { return dropped_; }

 private:
  struct track {
    live::codec_id codec = live::codec_id::unknown;
    bytes record;
    bool configured = false;
    std::int64_t last_dts_ms = 0;
    bool started = false;
  };
  struct frame;

  result<void> enhanced_video(std::uint32_t timestamp_ms, bytes tag);
  result<void> enhanced_audio(std::uint32_t timestamp_ms, bytes tag);
  result<void> take_video(std::uint32_t timestamp_ms, frame frame);
  result<void> take_audio(std::uint32_t timestamp_ms, frame frame);
  result<void> configure_video(live::codec_id codec, byte_view record);
  result<void> configure_audio(live::codec_id codec, byte_view record);
  void learn_vp9_size(byte_view key_frame);
  void send(track& of, live::packet packet, std::uint32_t timestamp_ms, std::int32_t offset_ms);

  live::packet_sink& sink_;
  timeline timeline_;
  track video_;
  track audio_;
  live::track_config vp9_;
  std::uint64_t dropped_ = 0;
};

}  // namespace hearth::rtmp
