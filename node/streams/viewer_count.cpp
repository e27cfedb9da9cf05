#include "node/streams/viewer_count.hpp"

namespace hearth::streams {
namespace {

constexpr milliseconds forgotten_after = std::chrono::seconds(15);
constexpr std::size_t most_names = 10'000;

}  // namespace

std::shared_ptr<void> viewer_count::lease() {
  return std::shared_ptr<int>(leases_);  // its use count is the number of leases
}

void viewer_count::seen(const std::string& name) {
  std::lock_guard lock(mutex_);
  if (polled_.size() < most_names || polled_.contains(name)) polled_[name] = clock_.steady();
}

std::size_t viewer_count::now() const {
  std::lock_guard lock(mutex_);
  const auto horizon = clock_.steady() - forgotten_after;
  std::erase_if(polled_, [horizon](const auto& each) { return each.second < horizon; });
  return polled_.size() + static_cast<std::size_t>(leases_.use_count()) - 1;
}

}  // namespace hearth::streams
