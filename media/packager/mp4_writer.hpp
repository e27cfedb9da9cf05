// Fragmented MP4 through libavformat's mp4 muxer, into memory: an init segment (ftyp, moov), then
// fragments (moof, mdat) cut where the caller says. One object for one set of track configurations.
// Not thread-safe; does not block. No edit lists, and no negative composition offsets (libavformat
// as a player would then show the picture later than the sound); each fragment's base time is the
// decoding time of its first sample.
#pragma once
#include <memory>
#include <span>
#include <string>

#include "media/live/packet.hpp"
#include "media/packager/errc.hpp"

namespace hearth::packager {

/// Ticks a second of a track's times in the file: 90,000 for video, samples for audio.
/// errc::bad_config when the configuration doesn't say.
result<std::int64_t> ticks_per_second(const live::track_config& config);

struct mp4_sample {
  std::int64_t dts = 0;       // ticks; larger than the track's last one, not negative
  std::int64_t pts = 0;       // ticks; not below dts
  std::int64_t duration = 0;  // ticks
  bool key_frame = false;
  byte_view data;
};

class mp4_writer {
 public:
  /// Writes the init segment. errc: bad_config, unsupported_codec, bad_dimensions, muxer_failed.
  static result<std::unique_ptr<mp4_writer>> create(std::span<const live::track_config> tracks);
  ~mp4_writer();
  mp4_writer(const mp4_writer&) = delete;
  mp4_writer& operator=(const mp4_writer&) = delete;

  const std::shared_ptr<const bytes>& init() const { return init_; }
  /// Adds a sample to the fragment that grows. errc::muxer_failed: the object is of no more use.
  result<void> add(std::size_t track, const mp4_sample& sample);
  /// Ends the fragment and hands it over; there must be a sample in it.
  result<std::shared_ptr<const bytes>> end_fragment();

  std::size_t samples() const { return samples_; }
  std::size_t fragment_bytes() const { return fragment_bytes_; }

 private:
  struct state;
  explicit mp4_writer(std::unique_ptr<state> made);

  std::unique_ptr<state> state_;
  std::shared_ptr<const bytes> init_;
  std::size_t samples_ = 0;
  std::size_t fragment_bytes_ = 0;
};

}  // namespace hearth::packager
