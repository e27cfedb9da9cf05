// The hybrid clock behind a node's own entries. Shared by the stores of both spaces, so that a
// node's stamps are ordered across them. Not thread-safe.
#pragma once
#include <optional>

#include "store/base/clock.hpp"

namespace hearth::logs {

/// How far ahead of the wall clock a stamp may be before the clock that made it counts as wrong.
inline constexpr milliseconds max_ahead = std::chrono::minutes(10);

class stamp_clock {
 public:
  explicit stamp_clock(const clock& source);

  /// Larger than every stamp made or observed, unless the machine's clock was set back by more than
  /// max_ahead: then it starts again from the wall clock.
  std::uint64_t next();
  void observe(std::uint64_t stamp);
  bool far_ahead(std::uint64_t stamp) const;

 private:
  const clock& source_;
  std::optional<hybrid_clock> hybrid_;
};

}  // namespace hearth::logs
