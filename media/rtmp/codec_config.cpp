#include "media/rtmp/codec_config.hpp"

#include <algorithm>
#include <array>

#include "media/rtmp/bit_reader.hpp"
#include "media/rtmp/video_size.hpp"

namespace hearth::rtmp {
namespace {

using live::codec_id;
using live::track_config;
using live::track_kind;

constexpr std::uint8_t hevc_sps_type = 33;
constexpr std::array<int, 13> aac_rates{96000, 88200, 64000, 48000, 44100, 32000, 24000,
                                        22050, 16000, 12000, 11025, 8000,  7350};
constexpr std::array<int, 16> aac_channels{0, 1, 2, 3, 4, 5, 6, 8, 0, 0, 0, 7, 8, 0, 8, 0};
constexpr std::uint32_t aac_explicit_rate = 15;
constexpr std::uint32_t aac_escape = 31;
constexpr std::uint32_t aac_sbr = 5;
constexpr std::uint32_t aac_parametric_stereo = 29;
constexpr int opus_rate = 48000;

result<picture_size> size_from_avc(byte_view record) {
  byte_reader in(record);
  const auto head = in.raw(6);
  if (!head || (*head)[0] != 1 || (*head)[5] % 32 == 0) return errc::bad_config;
  const auto length = in.u16();
  if (!length) return errc::bad_config;
  const auto sps = in.raw(*length);
  if (!sps) return errc::bad_config;
  return h264_sps_size(*sps);
}

result<picture_size> size_from_hevc(byte_view record) {
  byte_reader in(record);
  const auto head = in.raw(22);
  const auto arrays = in.u8();
  if (!head || !arrays || (*head)[0] != 1) return errc::bad_config;
  for (int i = 0; i < *arrays; ++i) {
    const auto type = in.u8();
    const auto count = in.u16();
    if (!type || !count) return errc::bad_config;
    for (int k = 0; k < *count; ++k) {
      const auto length = in.u16();
      if (!length) return errc::bad_config;
      const auto nal = in.raw(*length);
      if (!nal) return errc::bad_config;
      if (*type % 64 == hevc_sps_type) return hevc_sps_size(*nal);
    }
  }
  return errc::bad_config;
}

result<picture_size> size_from_av1(byte_view record) {
  constexpr std::uint8_t marker_and_version = 0x81;
  if (record.size() < 4 || record[0] != marker_and_version) return errc::bad_config;
  if (record.size() == 4) return picture_size{};  // the sequence header comes with the first frame
  return av1_sequence_size(record.subspan(4));
}

result<picture_size> size_from_record(codec_id codec, byte_view record) {
  switch (codec) {
    case codec_id::h264:
      return size_from_avc(record);
    case codec_id::hevc:
      return size_from_hevc(record);
    case codec_id::av1:
      return size_from_av1(record);
    case codec_id::vp9:
      return picture_size{};
    default:
      return errc::unsupported_codec;
  }
}

std::uint32_t aac_object_type(bit_reader& in) {
  const auto type = in.bits(5);
  return type == aac_escape ? 32 + in.bits(6) : type;
}

int aac_rate(bit_reader& in) {
  const auto index = in.bits(4);
  if (index == aac_explicit_rate) return static_cast<int>(in.bits(24));
  return index < aac_rates.size() ? aac_rates[index] : 0;
}

result<void> read_aac(track_config& out) {
  bit_reader in(out.record);
  const auto type = aac_object_type(in);
  out.sample_rate = aac_rate(in);
  const auto layout = in.bits(4);
  out.channels = aac_channels[layout];
  if (type == aac_sbr || type == aac_parametric_stereo) out.sample_rate = aac_rate(in);
  if (type == aac_parametric_stereo && out.channels == 1) out.channels = 2;
  if (in.failed() || type == 0 || out.sample_rate <= 0) return errc::bad_config;
  return {};
}

result<void> read_opus(track_config& out) {
  constexpr std::string_view magic = "OpusHead";
  const byte_view record(out.record);
  if (record.size() < 19 || as_text(record.first(magic.size())) != magic) return errc::bad_config;
  out.sample_rate = opus_rate;
  out.channels = record[9];
  if (out.channels == 0) return errc::bad_config;
  return {};
}

}  // namespace

result<track_config> video_config(codec_id codec, byte_view record) {
  if (record.size() > most_config_bytes) return errc::bad_config;
  const auto size = size_from_record(codec, record);
  if (!size) return size.error();
  track_config out;
  out.kind = track_kind::video;
  out.codec = codec;
  out.record.assign(record.begin(), record.end());
  out.width = size->width;
  out.height = size->height;
  return out;
}

result<track_config> audio_config(codec_id codec, byte_view record) {
  if (record.size() > most_config_bytes) return errc::bad_config;
  track_config out;
  out.kind = track_kind::audio;
  out.codec = codec;
  out.record.assign(record.begin(), record.end());
  const auto ok = codec == codec_id::aac ? read_aac(out) : read_opus(out);
  if (!ok) return ok.error();
  return out;
}

}  // namespace hearth::rtmp
