// Picture sizes of AV1 and VP9.
#include "media/rtmp/bit_reader.hpp"
#include "media/rtmp/video_size.hpp"

namespace hearth::rtmp {
namespace {

constexpr std::uint32_t most_pixels = 16384;
constexpr std::uint32_t sequence_header_obu = 1;
constexpr std::uint32_t vp9_sync_code = 0x498342;
constexpr std::uint32_t vp9_srgb = 7;

result<picture_size> checked(const bit_reader& in, std::uint32_t width, std::uint32_t height) {
  if (in.failed() || width > most_pixels || height > most_pixels) return errc::bad_config;
  return picture_size{static_cast<int>(width), static_cast<int>(height)};
}

/// leb128() of AV1: at most 8 bytes.
result<std::uint64_t> leb128(byte_reader& in) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) {
    const auto byte = in.u8();
    if (!byte) return errc::bad_config;
    value |= static_cast<std::uint64_t>(*byte & 0x7f) << (7 * i);
    if ((*byte & 0x80) == 0) return value;
  }
  return errc::bad_config;
}

struct av1_timing {
  bool has_model = false;
  int delay_bits = 0;
};

av1_timing read_av1_timing(bit_reader& in) {
  av1_timing out;
  if (!in.bit()) return out;
  in.skip(64);  // display tick, time scale
  if (in.bit()) (void)in.unsigned_golomb();
  out.has_model = in.bit();
  if (out.has_model) {
    out.delay_bits = static_cast<int>(in.bits(5)) + 1;
    in.skip(32 + 5 + 5);
  }
  return out;
}

void skip_av1_operating_points(bit_reader& in) {
  const auto timing = read_av1_timing(in);
  const bool has_display_delay = in.bit();
  const auto points = in.bits(5) + 1;
  for (std::uint32_t i = 0; i < points && !in.failed(); ++i) {
    in.skip(12);
    if (in.bits(5) > 7) in.skip(1);
    if (timing.has_model && in.bit()) in.skip(2 * timing.delay_bits + 1);
    if (has_display_delay && in.bit()) in.skip(4);
  }
}

result<picture_size> read_av1_sequence(byte_view payload) {
  bit_reader in(payload);
  in.skip(3 + 1);  // profile, still picture
  if (in.bit()) {
    in.skip(5);  // reduced header: the level alone
  } else {
    skip_av1_operating_points(in);
  }
  const auto width_bits = static_cast<int>(in.bits(4)) + 1;
  const auto height_bits = static_cast<int>(in.bits(4)) + 1;
  const auto width = in.bits(width_bits) + 1;
  const auto height = in.bits(height_bits) + 1;
  return checked(in, width, height);
}

}  // namespace

result<picture_size> av1_sequence_size(byte_view obus) {
  byte_reader in(obus);
  while (!in.empty()) {
    const auto header = *in.u8();
    const bool has_extension = (header & 4) != 0;
    const bool has_size = (header & 2) != 0;
    if (has_extension && !in.u8()) return errc::bad_config;
    std::uint64_t size = in.left();
    if (has_size) {
      const auto told = leb128(in);
      if (!told) return told.error();
      size = *told;
    }
    const auto payload = in.raw(size);
    if (!payload) return errc::bad_config;
    if ((header >> 3 & 15) == sequence_header_obu) return read_av1_sequence(*payload);
  }
  return errc::bad_config;
}

result<picture_size> vp9_key_frame_size(byte_view frame) {
  bit_reader in(frame);
  if (in.bits(2) != 2) return errc::bad_config;
  const auto low = in.bits(1);
  const auto profile = in.bits(1) * 2 + low;
  if (profile == 3) in.skip(1);
  if (in.bit() || in.bit()) return errc::bad_config;  // shows an old frame, or is not a key frame
  in.skip(2);
  if (in.bits(24) != vp9_sync_code) return errc::bad_config;
  if (profile >= 2) in.skip(1);
  const bool odd = profile % 2 == 1;
  if (in.bits(3) != vp9_srgb) {
    in.skip(odd ? 4 : 1);
  } else if (odd) {
    in.skip(1);
  }
  const auto width = in.bits(16) + 1;
  const auto height = in.bits(16) + 1;
  return checked(in, width, height);
}

}  // namespace hearth::rtmp
