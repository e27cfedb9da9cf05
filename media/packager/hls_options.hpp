// How a stream is cut into segments and parts, and how much of it is kept.
#pragma once
#include <chrono>
#include <cstdint>

#include "store/base/clock.hpp"

namespace hearth::packager {

struct hls_options {
  milliseconds part{200};                // hls.part_ms: aim for the length of a part
  milliseconds segment{2'000};           // hls.segment_ms: least length of a segment
  milliseconds longest_segment{10'000};  // cut even without a key frame
  std::size_t listed_segments = 8;       // in the playlist
  std::size_t parts_segments = 3;        // the newest ones, whose parts are listed too
  std::size_t most_bytes = 128u << 20;   // of all that is kept, this stream
  std::size_t most_waiters = 1'024;      // requests that wait at once
  /// Number of the first segment. A store made anew for a stream whose old names may lie in a cache
  /// starts higher than the last one ended: seconds since some day do, for a segment is longer.
  std::uint64_t first_number = 0;
};

}  // namespace hearth::packager
