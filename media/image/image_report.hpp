// What is found out about an image, and how the worker tells it. Plain values.
#pragma once
#include "media/image/sniff.hpp"

namespace hearth::image {

inline constexpr int thumbnail_pixels = 200;
inline constexpr int thumbnail_quality = 85;
inline constexpr int placeholder_pixels = 16;

struct image_limits {
  std::uint64_t max_file_bytes = 64ull * 1024 * 1024;
  std::uint64_t max_pixels = 100'000'000;  // of one frame
  std::uint32_t max_frames = 2'000;
};

struct image_info {
  image_format format = image_format::jpeg;
  std::uint32_t width = 0;  // as shown: after the orientation was applied
  std::uint32_t height = 0;
  std::uint32_t frames = 1;
  /// JPEG, exactly 200x200, quality 85: the middle of the image, upright, sRGB, transparency on
  /// white, with nothing left of EXIF, GPS, XMP or colour profiles.
  bytes thumbnail;
  /// WebP, 16x16, some 100 bytes, of the thumbnail: shown blurred while it loads.
  bytes placeholder;
};

bytes encode_limits(const image_limits& limits);
/// hearth::errc::truncated
result<image_limits> decode_limits(byte_view data);

bytes encode_report(const result<image_info>& report);
/// What the worker reported, or the errc it reported; sandbox::errc::bad_answer for what no honest
/// worker says.
result<image_info> decode_report(byte_view data, const image_limits& limits);

}  // namespace hearth::image
