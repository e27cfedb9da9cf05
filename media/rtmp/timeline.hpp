// RTMP's 32-bit millisecond timestamps as one line of 64-bit times that never jumps.
#pragma once
#include <cstdint>

namespace hearth::rtmp {

/// The first timestamp is kept as it is, and wrapping is undone. Small steps back (audio and video
/// are interleaved) are kept; a jump back by more than a second, or ahead by more than a minute (a
/// publisher that is silent for half of that is gone), is a clock that was set anew: time goes on
/// one millisecond after the last.
class timeline {
 public:
  std::int64_t at(std::uint32_t timestamp_ms) {
    if (!started_) {
      started_ = true;
      time_ms_ = timestamp_ms;
    } else {
      const std::int64_t step = static_cast<std::int32_t>(timestamp_ms - last_);
      time_ms_ += step < -most_back_ms || step > most_ahead_ms ? 1 : step;
    }
    last_ = timestamp_ms;
    return time_ms_;
  }

 private:
  static constexpr std::int64_t most_back_ms = 1000;
  static constexpr std::int64_t most_ahead_ms = 60'000;

  bool started_ = false;
  std::uint32_t last_ = 0;
  std::int64_t time_ms_ = 0;
};

}  // namespace hearth::rtmp
