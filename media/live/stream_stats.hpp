// What a stream really is, measured from its packets and never from what its publisher claims.
// Thread-safe: the publisher's strand feeds it, anyone asks.
#pragma once
#include <deque>
#include <mutex>

#include "media/live/packet.hpp"
#include "store/base/clock.hpp"

namespace hearth::live {

/// A stream's measures at one moment. Rates are over the last five seconds of media time, and 0
/// when nothing has come for that long.
struct stream_figures {
  std::uint64_t bytes = 0;  // payloads of all packets
  std::uint64_t video_packets = 0;
  std::uint64_t audio_packets = 0;
  double fps = 0;
  std::uint64_t bitrate_bps = 0;
  milliseconds key_frame_interval{0};  // between the last two key frames; 0 when not known
  codec_id video = codec_id::unknown;
  codec_id audio = codec_id::unknown;
  int width = 0;
  int height = 0;
  int sample_rate = 0;
  int channels = 0;
};

class stream_stats final : public packet_sink {
 public:
  explicit stream_stats(const clock& now = system_clock()) : clock_(now) {}

  void on_config(const track_config& config) override;
  void on_packet(const packet& packet) override;
  void on_end(end_reason, std::string_view) override {}

  stream_figures figures() const;

 private:
  struct sample {
    track_kind kind;
    std::int64_t dts_ms;
    std::size_t size_bytes;
  };

  double measured_fps() const;
  std::uint64_t measured_bitrate() const;

  const clock& clock_;
  mutable std::mutex mutex_;
  stream_figures figures_;
  std::deque<sample> recent_;
  std::int64_t last_key_ms_ = -1;
  milliseconds last_arrival_{0};
};

}  // namespace hearth::live
