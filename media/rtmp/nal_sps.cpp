// Sequence parameter sets of H.264 and HEVC.
#include <algorithm>
#include <array>

#include "media/rtmp/bit_reader.hpp"
#include "media/rtmp/video_size.hpp"

namespace hearth::rtmp {
namespace {

constexpr std::uint64_t most_pixels = 16384;
constexpr std::size_t most_sps_bytes = 4096;
constexpr std::array<std::uint32_t, 13> profiles_with_chroma{100, 110, 122, 244, 44,  83, 86,
                                                             118, 128, 138, 139, 134, 135};

/// The payload of a NAL unit without its emulation prevention bytes.
bytes unescaped(byte_view nal) {
  bytes out;
  int zeros = 0;
  for (auto byte : nal.first(std::min(nal.size(), most_sps_bytes))) {
    if (zeros >= 2 && byte == 3) {
      zeros = 0;
      continue;
    }
    zeros = byte == 0 ? zeros + 1 : 0;
    out.push_back(byte);
  }
  return out;
}

struct cropping {
  std::uint64_t left = 0, right = 0, top = 0, bottom = 0;
};

cropping read_cropping(bit_reader& in) {
  cropping out;
  if (!in.bit()) return out;
  out.left = in.unsigned_golomb();
  out.right = in.unsigned_golomb();
  out.top = in.unsigned_golomb();
  out.bottom = in.unsigned_golomb();
  return out;
}

result<picture_size> checked(const bit_reader& in, std::uint64_t width, std::uint64_t height,
                             std::uint64_t cut_x, std::uint64_t cut_y) {
  if (in.failed() || width > most_pixels || height > most_pixels) return errc::bad_config;
  if (cut_x >= width || cut_y >= height) return errc::bad_config;
  return picture_size{static_cast<int>(width - cut_x), static_cast<int>(height - cut_y)};
}

void skip_scaling_list(bit_reader& in, int size) {
  std::int32_t last = 8;
  std::int32_t next = 8;
  for (int i = 0; i < size && !in.failed(); ++i) {
    if (next != 0) next = (last + in.signed_golomb() % 256 + 256) % 256;
    last = next == 0 ? last : next;
  }
}

std::uint32_t read_h264_chroma(bit_reader& in) {
  const auto chroma = in.unsigned_golomb();
  bool separate = false;
  if (chroma == 3) separate = in.bit();
  (void)in.unsigned_golomb();  // bit depth of luma
  (void)in.unsigned_golomb();  // bit depth of chroma
  in.skip(1);                  // lossless transform bypass
  if (in.bit()) {
    for (int i = 0; i < (chroma != 3 ? 8 : 12); ++i) {
      if (in.bit()) skip_scaling_list(in, i < 6 ? 16 : 64);
    }
  }
  return separate ? 0 : chroma;
}

void skip_h264_order_count(bit_reader& in) {
  const auto type = in.unsigned_golomb();
  if (type == 0) {
    (void)in.unsigned_golomb();
  } else if (type == 1) {
    in.skip(1);
    (void)in.signed_golomb();
    (void)in.signed_golomb();
    const auto cycle = in.unsigned_golomb();
    for (std::uint32_t i = 0; i < cycle && !in.failed(); ++i)
      (void)in.signed_golomb();
  }
}

void skip_hevc_profile(bit_reader& in, int sub_layers) {
  in.skip(88 + 8);
  std::array<bool, 8> has_profile{};
  std::array<bool, 8> has_level{};
  for (int i = 0; i < sub_layers; ++i) {
    has_profile[static_cast<std::size_t>(i)] = in.bit();
    has_level[static_cast<std::size_t>(i)] = in.bit();
  }
  if (sub_layers > 0) in.skip(2 * (8 - sub_layers));
  for (int i = 0; i < sub_layers; ++i) {
    if (has_profile[static_cast<std::size_t>(i)]) in.skip(88);
    if (has_level[static_cast<std::size_t>(i)]) in.skip(8);
  }
}

}  // namespace

result<picture_size> h264_sps_size(byte_view nal) {
  const auto data = unescaped(nal);
  bit_reader in(data);
  if (in.bits(8) % 32 != 7) return errc::bad_config;
  const auto profile = in.bits(8);
  in.skip(16);                 // constraints, level
  (void)in.unsigned_golomb();  // id
  std::uint32_t chroma = 1;
  if (std::count(profiles_with_chroma.begin(), profiles_with_chroma.end(), profile) > 0) {
    chroma = read_h264_chroma(in);
  }
  (void)in.unsigned_golomb();  // frame number bits
  skip_h264_order_count(in);
  (void)in.unsigned_golomb();  // reference frames
  in.skip(1);                  // gaps allowed
  const std::uint64_t width = (std::uint64_t{in.unsigned_golomb()} + 1) * 16;
  const std::uint64_t map_units = std::uint64_t{in.unsigned_golomb()} + 1;
  const bool frames_only = in.bit();
  if (!frames_only) in.skip(1);
  in.skip(1);  // direct 8x8 inference
  const std::uint64_t field = frames_only ? 1 : 2;
  const std::uint64_t unit_x = chroma == 1 || chroma == 2 ? 2 : 1;
  const std::uint64_t unit_y = (chroma == 1 ? 2 : 1) * field;
  const auto cut = read_cropping(in);
  return checked(in, width, map_units * 16 * field, (cut.left + cut.right) * unit_x,
                 (cut.top + cut.bottom) * unit_y);
}

result<picture_size> hevc_sps_size(byte_view nal) {
  const auto data = unescaped(nal);
  bit_reader in(data);
  in.skip(1);
  if (in.bits(6) != 33) return errc::bad_config;
  in.skip(9 + 4);  // layer, temporal id, parameter set id
  const auto sub_layers = static_cast<int>(in.bits(3));
  in.skip(1);
  skip_hevc_profile(in, sub_layers);
  (void)in.unsigned_golomb();  // id
  const auto chroma = in.unsigned_golomb();
  bool separate = false;
  if (chroma == 3) separate = in.bit();
  const std::uint64_t width = in.unsigned_golomb();
  const std::uint64_t height = in.unsigned_golomb();
  const std::uint64_t unit_x = !separate && (chroma == 1 || chroma == 2) ? 2 : 1;
  const std::uint64_t unit_y = !separate && chroma == 1 ? 2 : 1;
  const auto cut = read_cropping(in);
  return checked(in, width, height, (cut.left + cut.right) * unit_x,
                 (cut.top + cut.bottom) * unit_y);
}

}  // namespace hearth::rtmp
