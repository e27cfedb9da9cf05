#include "store/log/stamp_clock.hpp"

namespace hearth::logs {

stamp_clock::stamp_clock(const clock& source) : source_(source), hybrid_(source) {}

std::uint64_t stamp_clock::next() {
  const auto stamp = hybrid_->next();
  if (!far_ahead(stamp)) return stamp;
  hybrid_.emplace(source_);
  return hybrid_->next();
}

void stamp_clock::observe(std::uint64_t stamp) {
  hybrid_->observe(stamp);
}

bool stamp_clock::far_ahead(std::uint64_t stamp) const {
  return hybrid_clock::wall_of(stamp) > source_.wall() + max_ahead;
}

}  // namespace hearth::logs
