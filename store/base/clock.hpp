// Time comes only from here, so that a simulation can run a virtual clock. Thread-safe.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

namespace hearth {

using milliseconds = std::chrono::milliseconds;

class clock {
 public:
  virtual ~clock() = default;
  /// Since 1970-01-01T00:00:00Z; may jump when a person sets the clock.
  virtual milliseconds wall() const = 0;
  /// Since some start; never goes back.
  virtual milliseconds steady() const = 0;
};

/// The machine's clock.
const clock& system_clock();

/// RFC 3339 in UTC with milliseconds, e.g. 2026-01-31T12:00:00.250Z.
std::string to_rfc3339(milliseconds wall);

/// Hybrid logical clock (Kulkarni et al. 2014): wall milliseconds in the upper 48 bits, a counter
/// in the lower 16, so that every stamp is larger than all that this node has made or seen. Not
/// thread-safe.
class hybrid_clock {
 public:
  explicit hybrid_clock(const clock& source) : source_(source) {}

  std::uint64_t next();
  /// Takes note of another node's stamp. One that is more than ten minutes ahead of the wall clock
  /// does not move this clock.
  void observe(std::uint64_t stamp);

  static milliseconds wall_of(std::uint64_t stamp) {
    return milliseconds(static_cast<std::int64_t>(stamp >> 16));
  }

 private:
  const clock& source_;
  std::uint64_t last_ = 0;
};

}  // namespace hearth
