// A random source that gives what it was told to, so that handshakes can be replayed.
#pragma once
#include <algorithm>

#include "store/base/random.hpp"

namespace hearth::noise_test {

class fixed_random final : public random_source {
 public:
  explicit fixed_random(bytes content) : content_(std::move(content)) {}
  void fill(std::span<std::uint8_t> out) override {
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = content_[i % content_.size()];
  }

 private:
  bytes content_;
};

}  // namespace hearth::noise_test
