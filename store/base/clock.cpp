#include "store/base/clock.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace hearth {
namespace {

constexpr milliseconds max_ahead = std::chrono::minutes(10);

class machine_clock final : public clock {
 public:
  milliseconds wall() const override {
    return std::chrono::duration_cast<milliseconds>(
        std::chrono::system_clock::now().time_since_epoch());
  }
  milliseconds steady() const override {
    return std::chrono::duration_cast<milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
  }
};

}  // namespace

const clock& system_clock() {
  static const machine_clock instance;
  return instance;
}

std::string to_rfc3339(milliseconds wall) {
  const auto count = wall.count();
  const std::time_t seconds = static_cast<std::time_t>(count / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char date[64];
  const auto length = std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
  char out[80];
  std::snprintf(out, sizeof out, "%.*s.%03dZ", static_cast<int>(length), date,
                static_cast<int>(count % 1000));
  return out;
}

std::uint64_t hybrid_clock::next() {
  const auto now = static_cast<std::uint64_t>(source_.wall().count()) << 16;
  last_ = std::max(last_ + 1, now);
  return last_;
}

void hybrid_clock::observe(std::uint64_t stamp) {
  if (wall_of(stamp) > source_.wall() + max_ahead) return;
  last_ = std::max(last_, stamp);
}

}  // namespace hearth
