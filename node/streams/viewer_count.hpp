// How many people watch a stream: players that hold a lease (RTMP), and those who asked for the
// playlist within the last 15 seconds (HLS has no connection to count). Thread-safe.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "store/base/clock.hpp"

namespace hearth::streams {

class viewer_count {
 public:
  explicit viewer_count(const clock& time) : clock_(time) {}

  /// A viewer until the returned object goes.
  std::shared_ptr<void> lease();
  /// A viewer who polls; name tells viewers apart. At most 10,000 are told apart.
  void seen(const std::string& name);
  std::size_t now() const;

 private:
  const clock& clock_;
  mutable std::mutex mutex_;
  std::shared_ptr<int> leases_ = std::make_shared<int>(0);
  mutable std::map<std::string, milliseconds> polled_;
};

}  // namespace hearth::streams
