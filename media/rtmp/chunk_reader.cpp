#include "media/rtmp/chunk_reader.hpp"

#include <algorithm>

namespace hearth::rtmp {
namespace {

constexpr std::uint32_t extended_mark = 0xffffff;
constexpr std::uint32_t most_chunk_bytes = 0xffffff;
constexpr std::size_t reserve_at_most = 64 * 1024;
/// A type 3 chunk that starts a message after a type 0 repeats that chunk's timestamp as its delta.
/// Encoders that mean "the same time" do that with large timestamps, so only a small one is
/// believed.
constexpr std::uint32_t most_repeated_step_ms = 1000;
constexpr std::array<std::size_t, 4> field_bytes{11, 7, 3, 0};

std::uint32_t big_endian(byte_view data) {
  std::uint32_t value = 0;
  for (auto byte : data)
    value = (value << 8) | byte;
  return value;
}

}  // namespace

std::size_t chunk_reader::basic_size() const {
  const auto low = header_[0] & 0x3f;
  if (low == 0) return 2;
  return low == 1 ? 3 : 1;
}

std::uint32_t chunk_reader::chunk_stream_id() const {
  const std::uint32_t low = header_[0] & 0x3fu;
  if (low == 0) return 64u + header_[1];
  if (low == 1) return 64u + header_[1] + 256u * header_[2];
  return low;
}

/// Whether the header that is read so far goes on with an extended timestamp.
bool chunk_reader::extended_follows() const {
  if ((header_[0] >> 6) < 3) {
    return big_endian(byte_view(header_).subspan(basic_size(), 3)) == extended_mark;
  }
  const auto* known = find(chunk_stream_id());
  return known && known->has_extended;
}

/// Bytes that the header needs, as far as can be told from those that are there.
std::size_t chunk_reader::header_size() const {
  if (header_have_ == 0) return 1;
  const auto basic = basic_size();
  if (header_have_ < basic) return basic;
  const auto fields = basic + field_bytes[header_[0] >> 6];
  if (header_have_ < fields) return fields;
  return extended_follows() ? fields + 4 : fields;
}

/// Takes header bytes from the front of source; true when the header is whole.
bool chunk_reader::collect_header(byte_view& source) {
  while (!source.empty() && header_have_ < header_size()) {
    header_[header_have_++] = source.front();
    source = source.subspan(1);
  }
  return header_have_ > 0 && header_have_ == header_size();
}

result<std::optional<message>> chunk_reader::next(byte_view& data) {
  while (true) {
    byte_view held = byte_view(held_).subspan(held_from_);
    const bool from_held = !held.empty();
    byte_view& source = from_held ? held : data;
    const auto had = source.size();
    const bool in_header = state_ == state::header;
    const bool header_whole = in_header && collect_header(source);
    auto whole = in_header ? std::nullopt : take_payload(source);
    if (from_held) held_from_ += had - source.size();
    if (header_whole) {
      if (auto ok = header_done(); !ok) return ok.error();
      continue;
    }
    if (whole) {
      if (auto ok = obey(*whole); !ok) return ok.error();
      return whole;
    }
    if (data.empty() && held_from_ == held_.size()) return std::optional<message>{};
  }
}

result<void> chunk_reader::header_done() {
  const int format = header_[0] >> 6;
  auto found = find_or_add(chunk_stream_id());
  if (!found) return found.error();
  auto& to = **found;
  if (format != 0 && !to.has_header) return errc::bad_chunk;
  if (to.started && format != 3) {
    // A new header inside a message: the sender gave the old one up.
    pending_ -= to.payload.size();
    to.payload.clear();
    to.started = false;
  }
  const auto fields = byte_view(header_).subspan(basic_size());
  if (auto ok = message_header(to, fields, format); !ok) return ok;
  if (!to.started) {
    if (auto ok = check_start(to); !ok) return ok;
    to.started = true;
    to.payload.reserve(std::min<std::size_t>(to.length, reserve_at_most));
  }
  current_ = &to;
  header_have_ = 0;
  chunk_left_ = std::min<std::size_t>(chunk_bytes_, to.length - to.payload.size());
  if (pending_ + chunk_left_ > limits_.pending_bytes) return errc::too_much_pending;
  state_ = state::payload;
  return {};
}

result<void> chunk_reader::message_header(stream& to, byte_view fields, int format) {
  if (format == 3) {
    if (to.has_extended) {
      const auto sent = big_endian(fields.first(4));
      if (to.started && sent != to.extended) {
        // Some encoders do not repeat the extended timestamp: these four bytes are payload.
        std::copy_n(fields.begin(), 4, held_.begin());
        held_from_ = 0;
      } else if (!to.started) {
        to.extended = sent;
      }
    }
    if (!to.started) to.timestamp += to.step;
    return {};
  }
  auto time = big_endian(fields.first(3));
  to.has_extended = time == extended_mark;
  if (to.has_extended) {
    time = big_endian(fields.subspan(field_bytes[static_cast<std::size_t>(format)], 4));
    to.extended = time;
  }
  if (format <= 1) {
    to.length = big_endian(fields.subspan(3, 3));
    to.type = fields[6];
  }
  if (format == 0) {
    to.message_stream =
        fields[7] | fields[8] << 8 | fields[9] << 16 | static_cast<std::uint32_t>(fields[10]) << 24;
    to.timestamp = time;
    to.step = time <= most_repeated_step_ms ? time : 0;
    to.has_header = true;
  } else {
    to.step = time;
    to.timestamp += time;
  }
  return {};
}

result<void> chunk_reader::check_start(const stream& of) const {
  if (of.length > limit_of(of.type)) return errc::message_too_large;
  return {};
}

std::optional<message> chunk_reader::take_payload(byte_view& data) {
  auto& to = *current_;
  const auto count = std::min(chunk_left_, data.size());
  to.payload.insert(to.payload.end(), data.begin(),
                    data.begin() + static_cast<std::ptrdiff_t>(count));
  data = data.subspan(count);
  chunk_left_ -= count;
  pending_ += count;
  if (chunk_left_ > 0) return std::nullopt;
  state_ = state::header;
  if (to.payload.size() < to.length) return std::nullopt;
  pending_ -= to.payload.size();
  to.started = false;
  message out{static_cast<message_type>(to.type), to.timestamp, to.message_stream,
              std::move(to.payload)};
  to.payload = {};
  return out;
}

result<void> chunk_reader::obey(const message& control) {
  const bool sets_size = control.type == message_type::set_chunk_size;
  if (!sets_size && control.type != message_type::abort) return {};
  if (control.payload.size() < 4) return errc::bad_chunk;
  const auto value = big_endian(byte_view(control.payload).first(4));
  if (sets_size) {
    if (value == 0 || value > 0x7fffffff) return errc::bad_chunk;
    chunk_bytes_ = std::min(value, most_chunk_bytes);
    return {};
  }
  if (auto* of = find(value); of && of->started) {
    pending_ -= of->payload.size();
    of->payload = {};
    of->started = false;
  }
  return {};
}

chunk_reader::stream* chunk_reader::find(std::uint32_t id) {
  const auto found = std::find_if(streams_.begin(), streams_.end(),
                                  [id](const stream& each) { return each.id == id; });
  return found == streams_.end() ? nullptr : &*found;
}

const chunk_reader::stream* chunk_reader::find(std::uint32_t id) const {
  return const_cast<chunk_reader*>(this)->find(id);
}

result<chunk_reader::stream*> chunk_reader::find_or_add(std::uint32_t id) {
  if (auto* known = find(id)) return known;
  if (streams_.size() >= limits_.chunk_streams) return errc::too_many_streams;
  streams_.reserve(limits_.chunk_streams);
  streams_.emplace_back().id = id;
  return &streams_.back();
}

std::size_t chunk_reader::limit_of(std::uint8_t type) const {
  switch (static_cast<message_type>(type)) {
    case message_type::video:
    case message_type::aggregate:
      return limits_.video_bytes;
    case message_type::audio:
      return limits_.audio_bytes;
    default:
      return limits_.other_bytes;
  }
}

}  // namespace hearth::rtmp
