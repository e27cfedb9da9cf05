// Places a track's millisecond times on its tick timeline in the file: always rising, and for audio
// as even as the frames are long, for milliseconds are too coarse for samples.
#pragma once
#include <cstdint>

#include "media/live/packet.hpp"
#include "media/packager/errc.hpp"

namespace hearth::packager {

/// Times in ticks; duration is 0 where only the next packet tells (video).
struct placed {
  std::int64_t dts = 0;
  std::int64_t pts = 0;
  std::int64_t duration = 0;
};

class track_timeline {
 public:
  /// errc::bad_config when the configuration has no usable sampling rate.
  static result<track_timeline> create(const live::track_config& config);

  /// Times of the packet must be within a few hours of base_ms.
  placed place(const live::packet& packet, std::int64_t base_ms);
  std::int64_t scale() const { return scale_; }

 private:
  track_timeline() = default;

  live::codec_id codec_ = live::codec_id::unknown;
  std::int64_t scale_ = 0;        // ticks a second
  std::int64_t frame_ticks_ = 0;  // 0 for video and where each packet tells
  std::int64_t last_dts_ = -1;
  std::int64_t expected_dts_ = -1;
};

/// Samples at 48 kHz of an Opus packet (RFC 6716 3.1); 0 for one that is not valid.
std::int64_t opus_samples(byte_view packet);

/// What the header of an AudioSpecificConfig (ISO 14496-3 1.6.2.1) says.
struct aac_facts {
  int object_type = 0;
  int sample_rate = 0;    // Hz, of the core coder
  int channels = 0;       // 0 when a program config element tells
  int frame_samples = 0;  // 1,024 or 960
};
/// errc::bad_config for a record that is none.
result<aac_facts> read_aac_config(byte_view record);

}  // namespace hearth::packager
