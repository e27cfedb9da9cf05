#include "media/packager/codec_string.hpp"

#include <bit>
#include <cstdio>

#include "media/packager/timeline.hpp"

namespace hearth::packager {
namespace {

std::string two_digits(unsigned value) {
  char text[8];
  std::snprintf(text, sizeof text, "%02u", value % 100);
  return text;
}

result<std::string> avc_string(byte_view record) {
  if (record.size() < 4 || record[0] != 1) return errc::bad_config;
  return "avc1." + to_hex(record.subspan(1, 3));
}

// ISO 14496-15 annex E.3.
result<std::string> hevc_string(byte_view record) {
  if (record.size() < 13 || record[0] != 1) return errc::bad_config;
  const unsigned space = record[1] >> 6;
  const bool high_tier = (record[1] & 0x20) != 0;
  std::uint32_t compatible = 0;
  for (int bit = 0; bit < 32; ++bit) {  // in reverse bit order
    if ((record[2 + bit / 8] >> (7 - bit % 8) & 1) != 0) compatible |= 1u << bit;
  }
  std::string text = "hvc1.";
  if (space != 0) text += static_cast<char>('A' + space - 1);
  char rest[32];
  std::snprintf(rest, sizeof rest, "%u.%X.%c%u", record[1] & 0x1fu, compatible,
                high_tier ? 'H' : 'L', static_cast<unsigned>(record[12]));
  text += rest;
  std::size_t constraints = 6;
  while (constraints > 0 && record[5 + constraints] == 0)
    --constraints;
  for (std::size_t i = 0; i < constraints; ++i) {
    std::snprintf(rest, sizeof rest, ".%X", static_cast<unsigned>(record[6 + i]));
    text += rest;
  }
  return text;
}

// AV1 Codec ISO Media File Format Binding, section 5.
result<std::string> av1_string(byte_view record) {
  if (record.size() < 4 || record[0] != 0x81) return errc::bad_config;
  const unsigned profile = record[1] >> 5;
  const bool high_bit_depth = (record[2] & 0x40) != 0;
  const bool twelve_bit = (record[2] & 0x20) != 0;
  const unsigned depth = !high_bit_depth ? 8 : (profile == 2 && twelve_bit ? 12 : 10);
  return "av01." + std::to_string(profile) + "." + two_digits(record[1] & 0x1f) +
         ((record[2] & 0x80) != 0 ? "H" : "M") + "." + two_digits(depth);
}

// VP Codec ISO Media File Format Binding; the record stands behind version and flags.
result<std::string> vp9_string(byte_view record) {
  if (record.size() < 8 || record[0] != 1) return errc::bad_config;
  return "vp09." + two_digits(record[4]) + "." + two_digits(record[5]) + "." +
         two_digits(record[6] >> 4);
}

}  // namespace

result<std::string> codec_string(const live::track_config& config) {
  switch (config.codec) {
    case live::codec_id::h264:
      return avc_string(config.record);
    case live::codec_id::hevc:
      return hevc_string(config.record);
    case live::codec_id::av1:
      return av1_string(config.record);
    case live::codec_id::vp9:
      return vp9_string(config.record);
    case live::codec_id::opus:
      return std::string("opus");
    case live::codec_id::aac: {
      const auto facts = read_aac_config(config.record);
      if (!facts) return facts.error();
      return "mp4a.40." + std::to_string(facts->object_type);
    }
    case live::codec_id::unknown:
      break;
  }
  return errc::unsupported_codec;
}

}  // namespace hearth::packager
