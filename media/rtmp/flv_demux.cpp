#include "media/rtmp/flv_demux.hpp"

#include <algorithm>

#include "media/rtmp/codec_config.hpp"
#include "media/rtmp/fourcc.hpp"

namespace hearth::rtmp {
namespace {

using flv::packet_type;
using live::codec_id;
using live::track_kind;

constexpr std::int32_t most_offset_ms = 10'000;

std::int32_t signed24(byte_view data) {
  const auto raw = static_cast<std::uint32_t>(data[0] << 16 | data[1] << 8 | data[2]);
  return static_cast<std::int32_t>(raw << 8) >> 8;
}

/// What follows a ModEx prefix (Enhanced RTMP v2): the packet type, with place moved behind it.
result<packet_type> skip_modifiers(byte_view tag, std::size_t& place, packet_type type) {
  while (type == packet_type::mod_ex) {
    byte_reader in(tag.subspan(place));
    const auto small = in.u8();
    if (!small) return errc::bad_media;
    std::size_t size = std::size_t{*small} + 1;
    if (size == 256) {
      const auto large = in.u16();
      if (!large) return errc::bad_media;
      size = std::size_t{*large} + 1;
    }
    if (!in.raw(size)) return errc::bad_media;
    const auto next = in.u8();
    if (!next) return errc::bad_media;
    place = tag.size() - in.left();
    type = static_cast<packet_type>(*next & 15);
  }
  return type;
}

bool has_offset(codec_id codec, packet_type type) {
  return type == packet_type::coded_frames && (codec == codec_id::hevc || codec == codec_id::h264);
}

bool ignored(packet_type type) {
  return type == packet_type::sequence_end || type == packet_type::metadata ||
         type == packet_type::mpeg2_sequence_start;
}

}  // namespace

/// A tag once its header is read.
struct flv_demux::frame {
  codec_id codec = codec_id::unknown;
  packet_type type = packet_type::coded_frames;
  bool key = false;
  std::int32_t offset_ms = 0;
  std::size_t header_bytes = 0;
  bytes tag;

  byte_view body() const { return byte_view(tag).subspan(header_bytes); }
  std::shared_ptr<const bytes> take_body() {
    tag.erase(tag.begin(), tag.begin() + static_cast<std::ptrdiff_t>(header_bytes));
    return std::make_shared<const bytes>(std::move(tag));
  }
};

result<void> flv_demux::video(std::uint32_t timestamp_ms, bytes tag) {
  if (tag.empty()) return {};  // some encoders send an empty one as a sign of life
  const auto first = tag[0];
  if ((first & flv::enhanced_video) != 0) return enhanced_video(timestamp_ms, std::move(tag));
  const auto frame_type = first >> 4;
  const auto codec = first & 15;
  if (frame_type == flv::frame_command) return {};
  if (codec != flv::codec_avc && codec != flv::codec_hevc) return errc::unsupported_codec;
  if (tag.size() < 5) return errc::bad_media;
  frame read;
  read.codec = codec == flv::codec_avc ? codec_id::h264 : codec_id::hevc;
  read.type = static_cast<packet_type>(tag[1]);
  read.key = frame_type == flv::frame_key;
  read.offset_ms = signed24(byte_view(tag).subspan(2, 3));
  read.header_bytes = 5;
  read.tag = std::move(tag);
  return take_video(timestamp_ms, std::move(read));
}

result<void> flv_demux::enhanced_video(std::uint32_t timestamp_ms, bytes tag) {
  std::size_t place = 1;
  const auto frame_type = tag[0] >> 4 & 7;
  const auto type = skip_modifiers(tag, place, static_cast<packet_type>(tag[0] & 15));
  if (!type) return type.error();
  if (frame_type == flv::frame_command || ignored(*type)) return {};
  if (*type == packet_type::multitrack) return errc::unsupported_codec;
  byte_reader in(byte_view(tag).subspan(place));
  const auto mark = in.u32();
  if (!mark) return errc::bad_media;
  frame read;
  read.codec = codec_of(*mark);
  read.type = *type;
  read.key = frame_type == flv::frame_key;
  if (has_offset(read.codec, *type)) {
    const auto offset = in.raw(3);
    if (!offset) return errc::bad_media;
    read.offset_ms = signed24(*offset);
  }
  read.header_bytes = tag.size() - in.left();
  read.tag = std::move(tag);
  return take_video(timestamp_ms, std::move(read));
}

result<void> flv_demux::take_video(std::uint32_t timestamp_ms, frame read) {
  const auto codec = read.codec;
  const bool carried = codec == codec_id::h264 || codec == codec_id::hevc ||
                       codec == codec_id::av1 || codec == codec_id::vp9;
  if (!carried) return errc::unsupported_codec;
  if (read.type == packet_type::sequence_start) return configure_video(codec, read.body());
  if (read.type != packet_type::coded_frames && read.type != packet_type::coded_frames_x) return {};
  if (read.body().empty()) return {};
  if (codec == codec_id::vp9 && read.key) learn_vp9_size(read.body());
  const bool announced = codec != codec_id::vp9 || vp9_.width > 0;
  if (!video_.configured || video_.codec != codec || !announced) {
    ++dropped_;
    return {};
  }
  const auto offset = std::clamp(read.offset_ms, -most_offset_ms, most_offset_ms);
  live::packet out;
  out.kind = track_kind::video;
  out.key_frame = read.key;
  out.payload = read.take_body();
  send(video_, std::move(out), timestamp_ms, offset);
  return {};
}

result<void> flv_demux::configure_video(codec_id codec, byte_view record) {
  if (record.empty()) return {};
  const bool same =
      video_.configured && video_.codec == codec &&
      std::equal(record.begin(), record.end(), video_.record.begin(), video_.record.end());
  if (same) return {};
  auto config = video_config(codec, record);
  if (!config) return config.error();
  video_.configured = true;
  video_.codec = codec;
  video_.record = config->record;
  if (codec == codec_id::vp9) {
    vp9_ = std::move(*config);  // told to the sink with the first key frame, which has the size
  } else {
    sink_.on_config(*config);
  }
  return {};
}

void flv_demux::learn_vp9_size(byte_view key_frame) {
  if (!video_.configured || video_.codec != codec_id::vp9) return;
  const auto size = vp9_key_frame_size(key_frame);
  if (!size || *size == picture_size{vp9_.width, vp9_.height}) return;
  vp9_.width = size->width;
  vp9_.height = size->height;
  sink_.on_config(vp9_);
}

result<void> flv_demux::audio(std::uint32_t timestamp_ms, bytes tag) {
  if (tag.empty()) return {};
  const auto format = tag[0] >> 4;
  if (format == flv::sound_enhanced) return enhanced_audio(timestamp_ms, std::move(tag));
  if (format != flv::sound_aac) return errc::unsupported_codec;
  if (tag.size() < 2) return errc::bad_media;
  frame read;
  read.codec = codec_id::aac;
  read.type = static_cast<packet_type>(tag[1]);
  read.header_bytes = 2;
  read.tag = std::move(tag);
  return take_audio(timestamp_ms, std::move(read));
}

result<void> flv_demux::enhanced_audio(std::uint32_t timestamp_ms, bytes tag) {
  std::size_t place = 1;
  const auto type = skip_modifiers(tag, place, static_cast<packet_type>(tag[0] & 15));
  if (!type) return type.error();
  if (*type == packet_type::multitrack || *type == packet_type::mpeg2_sequence_start) {
    return errc::unsupported_codec;  // 5 is multitrack for audio
  }
  if (ignored(*type)) return {};
  byte_reader in(byte_view(tag).subspan(place));
  const auto mark = in.u32();
  if (!mark) return errc::bad_media;
  frame read;
  read.codec = codec_of(*mark);
  read.type = *type;
  read.header_bytes = tag.size() - in.left();
  read.tag = std::move(tag);
  return take_audio(timestamp_ms, std::move(read));
}

result<void> flv_demux::take_audio(std::uint32_t timestamp_ms, frame read) {
  if (read.codec != codec_id::aac && read.codec != codec_id::opus) return errc::unsupported_codec;
  if (read.type == packet_type::sequence_start) return configure_audio(read.codec, read.body());
  if (read.type != packet_type::coded_frames || read.body().empty()) return {};
  if (!audio_.configured || audio_.codec != read.codec) {
    ++dropped_;
    return {};
  }
  live::packet out;
  out.kind = track_kind::audio;
  out.key_frame = true;
  out.payload = read.take_body();
  send(audio_, std::move(out), timestamp_ms, 0);
  return {};
}

result<void> flv_demux::configure_audio(codec_id codec, byte_view record) {
  if (record.empty()) return {};
  const bool same =
      audio_.configured && audio_.codec == codec &&
      std::equal(record.begin(), record.end(), audio_.record.begin(), audio_.record.end());
  if (same) return {};
  const auto config = audio_config(codec, record);
  if (!config) return config.error();
  audio_.configured = true;
  audio_.codec = codec;
  audio_.record = config->record;
  sink_.on_config(*config);
  return {};
}

void flv_demux::send(track& of, live::packet out, std::uint32_t timestamp_ms,
                     std::int32_t offset_ms) {
  const auto time = timeline_.at(timestamp_ms);
  out.dts_ms = of.started ? std::max(time, of.last_dts_ms) : time;
  out.pts_ms = out.dts_ms + offset_ms;
  of.started = true;
  of.last_dts_ms = out.dts_ms;
  sink_.on_packet(out);
}

}  // namespace hearth::rtmp
