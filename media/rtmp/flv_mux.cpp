#include "media/rtmp/flv_mux.hpp"

#include "media/rtmp/fourcc.hpp"

namespace hearth::rtmp {
namespace {

using flv::packet_type;
using live::codec_id;
using live::track_kind;

constexpr std::uint8_t aac_sound = 0xaf;  // AAC, and the fixed rate, size and channels it asks for

void append(bytes& out, std::uint32_t value, int width) {
  for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

void append_video(bytes& out, codec_id codec, packet_type type, bool key, std::int64_t offset_ms) {
  const auto frame = static_cast<std::uint8_t>((key ? flv::frame_key : flv::frame_inter) << 4);
  if (codec == codec_id::h264) {
    out.push_back(frame | flv::codec_avc);
    out.push_back(static_cast<std::uint8_t>(type));
    append(out, static_cast<std::uint32_t>(offset_ms), 3);
    return;
  }
  out.push_back(flv::enhanced_video | frame | static_cast<std::uint8_t>(type));
  append(out, fourcc_of(codec), 4);
  if (codec == codec_id::hevc && type == packet_type::coded_frames) {
    append(out, static_cast<std::uint32_t>(offset_ms), 3);
  }
}

void append_audio(bytes& out, codec_id codec, packet_type type) {
  if (codec == codec_id::aac) {
    out.push_back(aac_sound);
    out.push_back(static_cast<std::uint8_t>(type));
    return;
  }
  out.push_back(
      static_cast<std::uint8_t>(flv::sound_enhanced << 4 | static_cast<std::uint8_t>(type)));
  append(out, fourcc_of(codec), 4);
}

double codec_number(codec_id codec) {
  if (codec == codec_id::h264) return flv::codec_avc;
  if (codec == codec_id::aac) return flv::sound_aac;
  return fourcc_of(codec);
}

}  // namespace

void append_packet_header(bytes& out, const live::packet& packet, codec_id codec) {
  if (packet.kind == track_kind::video) {
    append_video(out, codec, packet_type::coded_frames, packet.key_frame,
                 packet.pts_ms - packet.dts_ms);
  } else {
    append_audio(out, codec, packet_type::coded_frames);
  }
}

bytes config_tag(const live::track_config& config) {
  bytes out;
  if (config.kind == track_kind::video) {
    append_video(out, config.codec, packet_type::sequence_start, true, 0);
  } else {
    append_audio(out, config.codec, packet_type::sequence_start);
  }
  out.insert(out.end(), config.record.begin(), config.record.end());
  return out;
}

amf0 metadata_of(const std::vector<std::shared_ptr<const live::track_config>>& tracks) {
  amf0::members out;
  for (const auto& track : tracks) {
    if (track->kind == track_kind::video) {
      out.push_back({"videocodecid", codec_number(track->codec)});
      if (track->width > 0) {
        out.push_back({"width", static_cast<double>(track->width)});
        out.push_back({"height", static_cast<double>(track->height)});
      }
    } else {
      out.push_back({"audiocodecid", codec_number(track->codec)});
      out.push_back({"audiosamplerate", static_cast<double>(track->sample_rate)});
      out.push_back({"stereo", track->channels > 1});
    }
  }
  return amf0::associative(std::move(out));
}

}  // namespace hearth::rtmp
