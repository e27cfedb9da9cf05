#include "media/rtmp/chunk_writer.hpp"

#include <algorithm>

namespace hearth::rtmp {
namespace {

constexpr std::uint32_t extended_mark = 0xffffff;
constexpr std::uint8_t type_three = 0xc0;

void append(bytes& out, std::uint32_t value, int width) {
  for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

}  // namespace

chunk_header::chunk_header(std::uint8_t chunk_stream, message_type type, std::uint32_t timestamp_ms,
                           std::uint32_t message_stream, std::size_t length)
    : chunk_stream_(chunk_stream),
      type_(type),
      timestamp_(timestamp_ms),
      message_stream_(message_stream),
      length_(length) {}

void chunk_header::start(bytes& out) const {
  out.push_back(chunk_stream_);
  append(out, std::min(timestamp_, extended_mark), 3);
  append(out, static_cast<std::uint32_t>(length_), 3);
  out.push_back(static_cast<std::uint8_t>(type_));
  for (int shift = 0; shift < 32; shift += 8) {
    out.push_back(static_cast<std::uint8_t>(message_stream_ >> shift));  // little endian, alone
  }
  if (timestamp_ >= extended_mark) append(out, timestamp_, 4);
}

void chunk_header::go_on(bytes& out) const {
  out.push_back(type_three | chunk_stream_);
  if (timestamp_ >= extended_mark) append(out, timestamp_, 4);
}

void chunk_writer::write(bytes& out, std::uint8_t chunk_stream, const message& content) const {
  const chunk_header header(chunk_stream, content.type, content.timestamp_ms, content.stream_id,
                            content.payload.size());
  header.start(out);
  byte_view rest(content.payload);
  while (true) {
    const auto part = rest.first(std::min<std::size_t>(rest.size(), chunk_bytes_));
    out.insert(out.end(), part.begin(), part.end());
    rest = rest.subspan(part.size());
    if (rest.empty()) return;
    header.go_on(out);
  }
}

}  // namespace hearth::rtmp
