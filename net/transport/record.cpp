#include "net/transport/record.hpp"

#include <algorithm>

namespace hearth::transport {
namespace {

constexpr std::size_t length_bytes = 2;

void rekey_when_due(noise::cipher_state& cipher) {
  if (cipher.nonce() % messages_a_key == 0) cipher.rekey();
}

}  // namespace

result<void> record_writer::seal(byte_view content, bytes& out) {
  while (!content.empty()) {
    const auto piece = content.first(std::min(content.size(), largest_content));
    content = content.subspan(piece.size());
    const auto length = piece.size() + noise::tag_bytes;
    out.push_back(static_cast<std::uint8_t>(length >> 8));
    out.push_back(static_cast<std::uint8_t>(length));
    if (!cipher_.encrypt({}, piece, out)) return errc::closed;
    rekey_when_due(cipher_);
  }
  return {};
}

result<void> record_reader::feed(byte_view raw) {
  sealed_.insert(sealed_.end(), raw.begin(), raw.end());
  return open_records();
}

result<void> record_reader::open_records() {
  std::size_t at = 0;
  while (sealed_.size() - at >= length_bytes) {
    const std::size_t length = static_cast<std::size_t>(sealed_[at]) << 8 | sealed_[at + 1];
    if (length < smallest_record || length > largest_record) return errc::bad_record;
    if (sealed_.size() - at - length_bytes < length) break;
    const auto record = byte_view(sealed_).subspan(at + length_bytes, length);
    if (!cipher_.decrypt({}, record, stream_)) return errc::tampered;
    rekey_when_due(cipher_);
    at += length_bytes + length;
  }
  sealed_.erase(sealed_.begin(), sealed_.begin() + static_cast<std::ptrdiff_t>(at));
  return {};
}

result<std::optional<bytes>> record_reader::next_frame() {
  byte_reader in(byte_view(stream_).subspan(taken_));
  const auto length = in.u32();
  std::optional<bytes> frame;
  if (length) {
    if (*length > frame_limit_) return errc::frame_too_large;
    if (const auto content = in.raw(*length)) {
      frame.emplace(content->begin(), content->end());
      taken_ = stream_.size() - in.left();
    }
  }
  if (!frame || taken_ == stream_.size()) {
    // Nothing more to hand out: drop what was.
    stream_.erase(stream_.begin(), stream_.begin() + static_cast<std::ptrdiff_t>(taken_));
    taken_ = 0;
    if (stream_.empty() && stream_.capacity() > 4 * largest_record) stream_ = {};
  }
  return frame;
}

}  // namespace hearth::transport
