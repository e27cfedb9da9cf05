// Writes a live stream into an hls_store as fragmented MP4 (ISO 14496-12) with one rendition that
// holds picture and sound. One packager a publisher; the store outlives it. Called from one strand,
// never blocks; keeps no video frame longer than until the next one comes.
//
// A segment begins at a key frame once it is long enough. What is impossible to package (no key
// frame, no configuration, a configuration that changes all the time) ends this stream with a
// reason; what is merely odd (empty packets, clocks that jump) is dropped or becomes a
// discontinuity.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "media/live/packet.hpp"
#include "media/packager/hls_store.hpp"
#include "media/packager/mp4_writer.hpp"
#include "media/packager/start_gate.hpp"
#include "media/packager/timeline.hpp"

namespace hearth::packager {

struct packager_stats {
  std::uint64_t packets = 0;
  std::uint64_t dropped_packets = 0;  // empty, without configuration, before the first key frame
  std::uint64_t discontinuities = 0;
  std::uint64_t parts = 0;
};

class hls_packager final : public live::packet_sink {
 public:
  /// Told once, from on_config or on_packet, when the stream can't be packaged any more: the
  /// playlist has ended then and whatever follows is ignored. reason is for a person. It must not
  /// destroy the packager.
  using failure_handler = std::function<void(error_code, std::string reason)>;

  hls_packager(std::shared_ptr<hls_store> store, const clock& time, failure_handler on_failure);
  ~hls_packager() override;

  void on_config(const live::track_config& config) override;
  void on_packet(const live::packet& packet) override;
  /// `lost` leaves the playlist open for a publisher who returns (call hls_store::end() when none
  /// does); every other reason ends it.
  void on_end(live::end_reason reason, std::string_view text) override;

  packager_stats stats() const;
  /// RFC 6381, e.g. "avc1.64001f,mp4a.40.2"; empty before the first configuration.
  std::string codecs() const;

 private:
  struct track {
    std::optional<live::track_config> config;
    std::optional<track_timeline> timeline;  // set while the track is in the epoch
    std::size_t index = 0;                   // in the writer
    std::int64_t last_dts_ms = 0;
  };

  track& of(live::track_kind kind) { return kind == live::track_kind::video ? video_ : audio_; }
  bool acceptable(const live::packet& packet);
  bool may_join(const live::packet& packet) const;
  bool breaks_epoch(const live::packet& packet);
  void gather(const live::packet& packet);
  void begin_epoch();
  result<void> open_writer(const std::vector<live::packet>& first);
  void end_epoch(bool goes_on);
  bool is_sliver() const;
  bool note_change();
  void write(const live::packet& packet);
  void append(track& to, const live::packet& packet, const placed& at);
  void append_pending(std::int64_t duration);
  void cut_before(const live::packet& packet, std::int64_t at_ms, bool decides);
  bool ends_segment_before(const live::packet& packet, std::int64_t at_ms) const;
  bool ends_part_before(const live::packet& packet, std::int64_t at_ms) const;
  void cut(bool ends_segment);
  void fail(error_code code, std::string reason);

  const std::shared_ptr<hls_store> store_;
  const clock& clock_;
  failure_handler on_failure_;
  track video_;
  track audio_;
  packager_stats stats_;
  start_gate gate_;
  std::size_t unconfigured_packets_ = 0;
  std::vector<milliseconds> changes_;  // steady times of the last discontinuities
  bool over_ = false;

  // The epoch: from one configuration or clock change to the next.
  std::unique_ptr<mp4_writer> writer_;
  std::int64_t base_ms_ = 0;  // publisher's time that is zero in the MP4
  milliseconds base_wall_{0};
  std::optional<live::packet> pending_;  // newest video packet, whose duration is not known yet
  placed pending_at_;
  std::int64_t now_ms_ = 0;  // since base, never goes back
  std::int64_t part_start_ms_ = 0;
  std::int64_t segment_start_ms_ = 0;
  std::int64_t frame_ms_ = 0;  // length of the last frame of the track that decides the cuts
  std::size_t segment_bytes_ = 0;
  std::size_t segment_parts_ = 0;
  bool first_segment_ = true;
  bool part_has_video_ = false;
  bool part_independent_ = false;
  bool part_starts_with_key_ = false;
};

}  // namespace hearth::packager
