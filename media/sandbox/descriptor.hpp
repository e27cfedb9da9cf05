// An owned file descriptor.
#pragma once
#include <unistd.h>

#include <utility>

namespace hearth::sandbox {

class descriptor {
 public:
  descriptor() = default;
  explicit descriptor(int value) : value_(value) {}
  ~descriptor() { reset(); }
  descriptor(descriptor&& other) noexcept : value_(other.release()) {}
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }

  int get() const { return value_; }
  explicit operator bool() const { return value_ >= 0; }
  int release() { return std::exchange(value_, -1); }
  void reset() {
    if (value_ >= 0) ::close(release());
  }

 private:
  int value_ = -1;
};

}  // namespace hearth::sandbox
