// What a stream's playlist lists and what it still keeps: the bookkeeping behind hls_store. Not
// thread-safe; no waiting.
#pragma once
#include <deque>
#include <map>
#include <memory>
#include <vector>

#include "media/packager/hls_options.hpp"
#include "store/base/bytes.hpp"

namespace hearth::packager {

/// A moof and its mdat.
struct hls_part {
  std::shared_ptr<const bytes> body;
  milliseconds duration{0};
  milliseconds wall{0};          // when its first packet came, since 1970
  bool independent = false;      // holds a key frame, or there is no video
  bool starts_with_key = false;  // a player can begin with its first sample
  bool ends_segment = false;
};

struct hls_segment {
  std::uint64_t number = 0;
  std::uint64_t init = 0;
  bool discontinuity = false;
  bool independent = false;
  milliseconds duration{0};
  milliseconds wall{0};
  std::size_t part_count = 0;
  std::vector<hls_part> parts;        // empty once they are too old to be listed
  std::shared_ptr<const bytes> body;  // null while it grows
};

/// A part, or a whole segment when part is `whole`.
struct hls_position {
  static constexpr std::uint64_t whole = ~std::uint64_t{0};
  std::uint64_t number = 0;
  std::uint64_t part = whole;
};

class hls_window {
 public:
  explicit hls_window(const hls_options& options);

  void begin_epoch(std::shared_ptr<const bytes> init);
  /// begin_epoch must have been called.
  void add_part(hls_part part);
  /// Completes the segment that grows, if it has a part.
  void end_segment();
  void set_ended(bool ended) { ended_ = ended; }

  bool ended() const { return ended_; }
  /// Whether there is a whole segment to list.
  bool playable() const { return !complete_.empty(); }
  /// Number of the segment that grows, or would be next.
  std::uint64_t next_number() const { return growing_.number; }
  std::size_t growing_parts() const { return growing_.part_count; }
  /// Whether the playlist already holds the position or something later.
  bool holds(const hls_position& position) const;
  std::size_t size_bytes() const { return size_bytes_; }
  milliseconds target_duration() const { return target_duration_; }

  std::shared_ptr<const bytes> init(std::uint64_t number) const;
  std::shared_ptr<const bytes> segment(std::uint64_t number) const;
  std::shared_ptr<const bytes> part(std::uint64_t number, std::uint64_t part) const;

  /// The text of stream.m3u8; playable() must be true.
  std::string playlist() const;

 private:
  const hls_segment* find(std::uint64_t number) const;
  std::size_t first_listed() const;
  void drop_old();
  void drop_parts(hls_segment& segment);
  void drop_front();

  const hls_options options_;
  std::deque<hls_segment> complete_;  // oldest first; the newest listed_segments are listed
  hls_segment growing_;
  std::map<std::uint64_t, std::shared_ptr<const bytes>> inits_;
  std::uint64_t next_init_ = 0;
  std::uint64_t dropped_discontinuities_ = 0;  // of segments that are no longer kept
  std::size_t size_bytes_ = 0;
  milliseconds target_duration_{0};
  bool ended_ = false;
};

}  // namespace hearth::packager
