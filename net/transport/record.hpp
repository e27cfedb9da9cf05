// Records and frames of a link, without sockets. The frames of one direction (u32 length, bytes)
// form a stream; the stream is cut into records (u16 length, ciphertext of 17 to 16,384 bytes);
// after every 1,000 messages of a key it is replaced (Noise rekey). Not thread-safe.
#pragma once
#include <optional>

#include "net/noise/cipher_state.hpp"
#include "net/transport/errc.hpp"

namespace hearth::transport {

constexpr std::size_t largest_record = 16 * 1024;
constexpr std::size_t smallest_record = noise::tag_bytes + 1;
constexpr std::size_t largest_content = largest_record - noise::tag_bytes;
constexpr std::uint64_t messages_a_key = 1000;

class record_writer {
 public:
  explicit record_writer(noise::cipher_state cipher) : cipher_(std::move(cipher)) {}

  /// Appends the records of a piece of the stream to out. errc::closed when the counter is used up.
  result<void> seal(byte_view content, bytes& out);

 private:
  noise::cipher_state cipher_;
};

/// After an error the object is spent.
class record_reader {
 public:
  record_reader(noise::cipher_state cipher, std::size_t frame_limit)
      : cipher_(std::move(cipher)), frame_limit_(frame_limit) {}

  /// Takes bytes as they came, in pieces of any size. errc::bad_record, tampered.
  result<void> feed(byte_view raw);
  /// The next frame that is whole, if there is one; ask until there is none before feeding more,
  /// for here a frame's length is refused: errc::frame_too_large.
  result<std::optional<bytes>> next_frame();
  /// Whether an end here would be inside a record or a frame.
  bool inside() const { return !sealed_.empty() || taken_ < stream_.size(); }

 private:
  result<void> open_records();
  noise::cipher_state cipher_;
  std::size_t frame_limit_;
  bytes sealed_;  // an unfinished record
  bytes stream_;  // decrypted; its first taken_ bytes were handed out
  std::size_t taken_ = 0;
};

}  // namespace hearth::transport
