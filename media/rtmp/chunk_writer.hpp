// Cuts messages into chunks (specification 1.0, section 5.3). Every message starts with a full
// header (type 0): a few bytes more, and nothing to remember between messages.
#pragma once
#include "media/rtmp/message.hpp"

namespace hearth::rtmp {

/// What stands before the first payload byte of a message, and between its chunks.
class chunk_header {
 public:
  chunk_header(std::uint8_t chunk_stream, message_type type, std::uint32_t timestamp_ms,
               std::uint32_t message_stream, std::size_t length);

  void start(bytes& out) const;
  void go_on(bytes& out) const;

 private:
  std::uint8_t chunk_stream_;
  message_type type_;
  std::uint32_t timestamp_;
  std::uint32_t message_stream_;
  std::size_t length_;
};

class chunk_writer {
 public:
  /// Appends a whole message, its payload copied.
  void write(bytes& out, std::uint8_t chunk_stream, const message& content) const;

  std::uint32_t chunk_bytes() const { return chunk_bytes_; }
  /// For messages after the Set Chunk Size that the caller writes.
  void set_chunk_bytes(std::uint32_t size) { chunk_bytes_ = size; }

 private:
  std::uint32_t chunk_bytes_ = first_chunk_bytes;
};

}  // namespace hearth::rtmp
