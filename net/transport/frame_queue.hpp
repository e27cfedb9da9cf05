// Frames that wait to be written, bounded by their bytes, and whether their link is closed.
// Thread-safe.
#pragma once
#include <deque>
#include <mutex>

#include "net/transport/errc.hpp"
#include "store/base/bytes.hpp"

namespace hearth::transport {

class frame_queue {
 public:
  frame_queue(std::size_t frame_limit, std::size_t queue_limit)
      : frame_limit_(frame_limit), queue_limit_(queue_limit) {}

  /// Whether the queue was empty before, so that the writer is to be woken. errc::frame_too_large,
  /// closed, queue_full leave the frame as it was.
  result<bool> push(bytes& frame);
  /// The next piece of the stream of frames (u32 length, bytes), of about that many bytes.
  bytes take(std::size_t about);
  /// That many bytes of what was taken are out.
  void written(std::size_t count);
  /// Drops what waits. The first reason stays.
  void close(error_code reason);

  bool empty() const;
  bool closed() const;
  error_code reason() const;
  /// With headers, until written.
  std::size_t size_bytes() const;

 private:
  const std::size_t frame_limit_;
  const std::size_t queue_limit_;
  mutable std::mutex mutex_;
  std::deque<bytes> frames_;
  std::size_t offset_ = 0;  // of the first frame, what was taken already
  std::size_t size_ = 0;
  bool closed_ = false;
  error_code reason_;
};

}  // namespace hearth::transport
