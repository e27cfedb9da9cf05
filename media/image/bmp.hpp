// Windows and OS/2 bitmaps (BITMAPFILEHEADER and a DIB header), which libvips reads only through
// ImageMagick. Uncompressed: 1, 4 and 8 bits with a palette, 16, 24 and 32 bits, and bit masks for
// 16 and 32 bits. Run-length coding, JPEG and PNG inside are refused. Pure; any thread.
#pragma once
#include <array>

#include "media/image/errc.hpp"
#include "store/base/bytes.hpp"

namespace hearth::image {

/// 8-bit RGB pixels in rows from the top, without gaps.
struct raster {
  int width = 0;
  int height = 0;
  bytes rgb;
};

struct bmp_header {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  bool top_down = false;
  std::uint16_t bits = 0;                // a pixel
  std::array<std::uint32_t, 4> masks{};  // red, green, blue, alpha; for 16 and 32 bits
  std::uint32_t pixel_offset = 0;
  std::uint32_t palette_offset = 0;
  std::uint32_t palette_colours = 0;
  std::uint32_t palette_entry_bytes = 4;
};

/// Reads no pixel. errc::damaged, or unsupported_format for a kind that is not read.
result<bmp_header> read_bmp_header(byte_view content);

/// Transparency is put on white. errc::damaged when pixels are missing. The caller has checked the
/// number of pixels: this allocates three bytes for each.
result<raster> read_bmp(byte_view content, const bmp_header& header);

}  // namespace hearth::image
