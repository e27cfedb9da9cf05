#include "media/image/bmp.hpp"

#include <algorithm>
#include <bit>

namespace hearth::image {
namespace {

constexpr std::uint32_t file_header_bytes = 14;
constexpr std::uint32_t core_header_bytes = 12;
constexpr std::uint32_t info_header_bytes = 40;
constexpr std::uint32_t most_header_bytes = 124;
constexpr std::uint32_t most_side = 65'535;

enum compression : std::uint32_t { none = 0, bit_masks = 3, bit_masks_with_alpha = 6 };

/// Little-endian; 0 behind the end, which the bounds checks of the callers make harmless.
std::uint32_t number(byte_view data, std::uint64_t at, int width) {
  std::uint32_t value = 0;
  for (int i = width - 1; i >= 0; --i) {
    const auto place = at + static_cast<std::uint64_t>(i);
    value = (value << 8) | (place < data.size() ? data[place] : 0u);
  }
  return value;
}

bool known_depth(std::uint16_t bits) {
  constexpr std::array<std::uint16_t, 6> depths{1, 4, 8, 16, 24, 32};
  return std::find(depths.begin(), depths.end(), bits) != depths.end();
}

/// Masks of a kind of header that has none.
std::array<std::uint32_t, 4> default_masks(std::uint16_t bits) {
  if (bits == 16) return {0x7c00, 0x03e0, 0x001f, 0};
  return {0xff0000, 0x00ff00, 0x0000ff, 0};
}

void read_core(byte_view content, bmp_header& out) {
  out.width = number(content, file_header_bytes + 4, 2);
  out.height = number(content, file_header_bytes + 6, 2);
  out.bits = static_cast<std::uint16_t>(number(content, file_header_bytes + 10, 2));
  out.palette_entry_bytes = 3;
}

result<void> read_info(byte_view content, std::uint32_t header_bytes, bmp_header& out) {
  out.width = number(content, file_header_bytes + 4, 4);
  const auto height = static_cast<std::int32_t>(number(content, file_header_bytes + 8, 4));
  out.top_down = height < 0;
  out.height =
      out.top_down ? 0u - static_cast<std::uint32_t>(height) : static_cast<std::uint32_t>(height);
  out.bits = static_cast<std::uint16_t>(number(content, file_header_bytes + 14, 2));
  const auto coding = number(content, file_header_bytes + 16, 4);
  out.palette_colours = number(content, file_header_bytes + 32, 4);
  if (coding == none) return {};
  const bool masked = coding == bit_masks || coding == bit_masks_with_alpha;
  if (!masked || (out.bits != 16 && out.bits != 32)) return errc::unsupported_format;
  // Behind the first 40 bytes, whether they count as part of the header or not.
  const bool alpha = header_bytes >= 56 || coding == bit_masks_with_alpha;
  for (std::uint32_t i = 0; i < (alpha ? 4u : 3u); ++i) {
    out.masks[i] = number(content, file_header_bytes + info_header_bytes + 4 * i, 4);
  }
  return {};
}

std::uint8_t channel(std::uint32_t pixel, std::uint32_t mask) {
  if (mask == 0) return 0;
  const auto shift = std::countr_zero(mask);
  const std::uint64_t most = mask >> shift;
  return static_cast<std::uint8_t>(((pixel & mask) >> shift) * 255ull / most);
}

using colour = std::array<std::uint8_t, 3>;

colour masked_colour(std::uint32_t pixel, const std::array<std::uint32_t, 4>& masks) {
  colour out{channel(pixel, masks[0]), channel(pixel, masks[1]), channel(pixel, masks[2])};
  if (masks[3] == 0) return out;
  const unsigned alpha = channel(pixel, masks[3]);
  for (auto& value : out) {
    value = static_cast<std::uint8_t>((value * alpha + 255u * (255u - alpha)) / 255u);
  }
  return out;
}

std::vector<colour> read_palette(byte_view content, const bmp_header& header) {
  std::vector<colour> palette(256);
  const auto depth_colours = header.bits <= 8 ? 1u << header.bits : 0u;
  const auto count =
      header.palette_colours == 0 ? depth_colours : std::min(header.palette_colours, depth_colours);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto at = std::uint64_t{header.palette_offset} + i * header.palette_entry_bytes;
    const auto value = number(content, at, 3);
    palette[i] = {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
                  static_cast<std::uint8_t>(value)};
  }
  return palette;
}

/// Pixel x of a row whose bytes are all there.
colour pixel_at(byte_view row, std::uint32_t x, const bmp_header& header,
                const std::vector<colour>& palette) {
  if (header.bits <= 8) {
    const auto bit = x * header.bits;
    const auto shift = 8 - header.bits - bit % 8;
    return palette[(row[bit / 8] >> shift) & ((1u << header.bits) - 1)];
  }
  const int width = header.bits / 8;
  const auto value = number(row, std::uint64_t{x} * static_cast<unsigned>(width), width);
  return masked_colour(value, header.masks);
}

}  // namespace

result<bmp_header> read_bmp_header(byte_view content) {
  if (content.size() < file_header_bytes + core_header_bytes) return errc::damaged;
  const auto header_bytes = number(content, file_header_bytes, 4);
  if (header_bytes < core_header_bytes || header_bytes > most_header_bytes) return errc::damaged;
  if (content.size() < file_header_bytes + header_bytes) return errc::damaged;
  bmp_header out;
  out.pixel_offset = number(content, 10, 4);
  if (header_bytes < info_header_bytes) {
    read_core(content, out);
  } else if (auto read = read_info(content, header_bytes, out); !read) {
    return read.error();
  }
  out.palette_offset = file_header_bytes + header_bytes;
  if (!known_depth(out.bits)) return errc::unsupported_format;
  if (out.masks == std::array<std::uint32_t, 4>{}) out.masks = default_masks(out.bits);
  if (out.width == 0 || out.height == 0) return errc::damaged;
  if (out.width > most_side || out.height > most_side) return errc::too_many_pixels;
  return out;
}

result<raster> read_bmp(byte_view content, const bmp_header& header) {
  const auto row_bits = std::uint64_t{header.width} * header.bits;
  const auto stride = (row_bits + 31) / 32 * 4;
  const auto needed = std::uint64_t{header.pixel_offset} + stride * (header.height - 1) +
                      (row_bits + 7) / 8;  // the last row's padding may be missing
  if (needed > content.size()) return errc::damaged;
  const auto palette = read_palette(content, header);
  raster out{static_cast<int>(header.width), static_cast<int>(header.height), {}};
  out.rgb.resize(std::uint64_t{header.width} * header.height * 3);
  auto* target = out.rgb.data();
  for (std::uint32_t y = 0; y < header.height; ++y) {
    const auto line = header.top_down ? y : header.height - 1 - y;
    const auto row = content.subspan(header.pixel_offset + line * stride, (row_bits + 7) / 8);
    for (std::uint32_t x = 0; x < header.width; ++x) {
      const auto colour = pixel_at(row, x, header, palette);
      target = std::copy(colour.begin(), colour.end(), target);
    }
  }
  return out;
}

}  // namespace hearth::image
