#include "net/transport/frame_queue.hpp"

#include <algorithm>

namespace hearth::transport {
namespace {

constexpr std::size_t header_bytes = 4;

}  // namespace

result<bool> frame_queue::push(bytes& frame) {
  if (frame.size() > frame_limit_) return errc::frame_too_large;
  const auto size = frame.size() + header_bytes;
  std::lock_guard lock(mutex_);
  if (closed_) return errc::closed;
  if (size_ + size > queue_limit_) return errc::queue_full;
  size_ += size;
  frames_.push_back(std::move(frame));
  return frames_.size() == 1;
}

bytes frame_queue::take(std::size_t about) {
  std::lock_guard lock(mutex_);
  byte_writer out;
  while (!frames_.empty() && out.size() < about) {
    const auto& frame = frames_.front();
    if (offset_ == 0) out.u32(static_cast<std::uint32_t>(frame.size()));
    const auto left = byte_view(frame).subspan(offset_);
    const auto piece = left.first(std::min(left.size(), about));
    out.raw(piece);
    offset_ += piece.size();
    if (offset_ < frame.size()) continue;
    frames_.pop_front();
    offset_ = 0;
  }
  return out.take();
}

void frame_queue::written(std::size_t count) {
  std::lock_guard lock(mutex_);
  size_ -= std::min(count, size_);
}

void frame_queue::close(error_code reason) {
  std::lock_guard lock(mutex_);
  if (!closed_) reason_ = reason;
  closed_ = true;
  frames_.clear();
  offset_ = 0;
  size_ = 0;
}

bool frame_queue::empty() const {
  std::lock_guard lock(mutex_);
  return frames_.empty();
}

bool frame_queue::closed() const {
  std::lock_guard lock(mutex_);
  return closed_;
}

error_code frame_queue::reason() const {
  std::lock_guard lock(mutex_);
  return reason_;
}

std::size_t frame_queue::size_bytes() const {
  std::lock_guard lock(mutex_);
  return size_;
}

}  // namespace hearth::transport
