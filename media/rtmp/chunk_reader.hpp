// Puts messages together from an RTMP chunk stream (specification 1.0, section 5.3), without I/O
// and in whatever pieces the bytes arrive. It obeys Set Chunk Size and Abort itself.
//
// Limits: chunk streams, bytes of a message by its type, bytes of unfinished messages together.
// Memory grows with what has arrived, never with what was announced.
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "media/rtmp/errc.hpp"
#include "media/rtmp/message.hpp"
#include "store/base/result.hpp"

namespace hearth::rtmp {

struct chunk_limits {
  std::size_t chunk_streams = 64;
  std::size_t video_bytes = std::size_t{16} << 20;  // video and aggregate messages
  std::size_t audio_bytes = std::size_t{1} << 20;
  std::size_t other_bytes = std::size_t{256} << 10;
  std::size_t pending_bytes = std::size_t{24} << 20;
};

class chunk_reader {
 public:
  explicit chunk_reader(chunk_limits limits = {}) : limits_(limits) {}

  /// Takes bytes from the front of data until a message is whole or data is empty. Errors:
  /// errc::bad_chunk, too_many_streams, message_too_large, too_much_pending; then it is spent.
  result<std::optional<message>> next(byte_view& data);

  std::uint32_t chunk_bytes() const { return chunk_bytes_; }

 private:
  struct stream {
    std::uint32_t id = 0;
    std::uint32_t timestamp = 0;
    std::uint32_t step = 0;      // added by a type 3 chunk that starts a message
    std::uint32_t extended = 0;  // the extended timestamp as it was sent
    bool has_extended = false;
    bool has_header = false;  // a type 0 came once
    std::uint32_t length = 0;
    std::uint8_t type = 0;
    std::uint32_t message_stream = 0;
    bool started = false;  // a message is unfinished
    bytes payload;
  };
  enum class state { header, payload };

  std::size_t header_size() const;
  bool extended_follows() const;
  bool collect_header(byte_view& source);
  result<void> header_done();
  result<void> message_header(stream& to, byte_view fields, int format);
  result<void> check_start(const stream& of) const;
  std::optional<message> take_payload(byte_view& data);
  result<void> obey(const message& control);
  result<stream*> find_or_add(std::uint32_t id);
  stream* find(std::uint32_t id);
  const stream* find(std::uint32_t id) const;
  std::uint32_t chunk_stream_id() const;
  std::size_t basic_size() const;
  std::size_t limit_of(std::uint8_t type) const;

  const chunk_limits limits_;
  std::uint32_t chunk_bytes_ = first_chunk_bytes;
  state state_ = state::header;
  std::array<std::uint8_t, 18> header_{};
  std::size_t header_have_ = 0;
  std::array<std::uint8_t, 4> held_{};  // bytes that looked like a header and were not
  std::size_t held_from_ = 4;
  std::vector<stream> streams_;
  stream* current_ = nullptr;
  std::size_t chunk_left_ = 0;
  std::size_t pending_ = 0;
};

}  // namespace hearth::rtmp
