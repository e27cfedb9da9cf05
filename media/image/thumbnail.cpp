#include "media/image/thumbnail.hpp"

#include <stdlib.h>
#include <vips/vips.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <new>
#include <string_view>

#include "media/image/bmp.hpp"

namespace hearth::image {
namespace {

struct unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using image_ptr = std::unique_ptr<VipsImage, unref>;

struct encoded {
  encoded() = default;
  ~encoded() { g_free(data); }
  encoded(const encoded&) = delete;
  encoded& operator=(const encoded&) = delete;
  bytes copy() const {
    const auto* first = static_cast<const std::uint8_t*>(data);
    return {first, first + size};
  }
  void* data = nullptr;
  std::size_t size = 0;
};

/// Said by a failed allocation, after which libvips may go on and leave parts of a picture empty.
std::atomic<bool> memory_ran_out = false;

bool speaks_of_memory(std::string_view words) {
  return words.find("memory") != words.npos;
}

/// libvips does not write to what it reads from, but does not say so.
void* unconst(byte_view data) {
  return const_cast<std::uint8_t*>(data.data());
}

/// The errc of libvips' last failure.
errc why_failed() {
  const bool memory = memory_ran_out || speaks_of_memory(vips_error_buffer());
  std::fputs(vips_error_buffer(), stderr);
  vips_error_clear();
  if (memory) throw std::bad_alloc();
  return errc::damaged;
}

struct header {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint32_t frames = 1;
};

result<void> check(const header& header, const image_limits& limits) {
  if (std::uint64_t{header.width} * header.height > limits.max_pixels) return errc::too_many_pixels;
  if (header.frames > limits.max_frames) return errc::too_many_frames;
  return {};
}

/// Reads no pixel: libvips decodes when pixels are asked for.
result<header> read_header(byte_view content) {
  const image_ptr image(vips_image_new_from_buffer(content.data(), content.size(), "", "access",
                                                   VIPS_ACCESS_SEQUENTIAL, nullptr));
  if (!image) return why_failed();
  header out{static_cast<std::uint32_t>(vips_image_get_width(image.get())),
             static_cast<std::uint32_t>(vips_image_get_height(image.get())),
             static_cast<std::uint32_t>(std::max(1, vips_image_get_n_pages(image.get())))};
  if (vips_image_get_orientation_swap(image.get())) std::swap(out.width, out.height);
  return out;
}

/// Exactly 200x200 and upright.
result<image_ptr> make_square(byte_view content) {
  VipsImage* out = nullptr;
  const int failed = vips_thumbnail_buffer(
      unconst(content), content.size(), &out, thumbnail_pixels, "height", thumbnail_pixels, "crop",
      VIPS_INTERESTING_CENTRE, "option_string", "[fail_on=truncated]", nullptr);
  if (failed != 0) return why_failed();
  return image_ptr(out);
}

image_ptr wrap(byte_view rgb, int width, int height) {
  const image_ptr memory(
      vips_image_new_from_memory(rgb.data(), rgb.size(), width, height, 3, VIPS_FORMAT_UCHAR));
  VipsImage* out = nullptr;
  if (!memory ||
      vips_copy(memory.get(), &out, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr) != 0) {
    return nullptr;
  }
  return image_ptr(out);
}

result<image_ptr> make_square(const raster& pixels) {
  const auto whole = wrap(pixels.rgb, pixels.width, pixels.height);
  VipsImage* out = nullptr;
  if (!whole ||
      vips_thumbnail_image(whole.get(), &out, thumbnail_pixels, "height", thumbnail_pixels, "crop",
                           VIPS_INTERESTING_CENTRE, nullptr) != 0) {
    return why_failed();
  }
  return image_ptr(out);
}

/// Takes off EXIF, GPS, XMP, profiles and all else that is not pixels: not every saver's own option
/// does.
void strip(VipsImage* image) {
  char** fields = vips_image_get_fields(image);
  for (char** field = fields; field != nullptr && *field != nullptr; ++field) {
    vips_image_remove(image, *field);
  }
  g_strfreev(fields);
}

/// Puts what is transparent on white.
result<image_ptr> flatten(image_ptr image) {
  if (!vips_image_hasalpha(image.get())) return image;
  const bool deep = vips_image_get_format(image.get()) == VIPS_FORMAT_USHORT;
  VipsArrayDouble* white = vips_array_double_newv(1, deep ? 65535.0 : 255.0);
  VipsImage* out = nullptr;
  const int failed = vips_flatten(image.get(), &out, "background", white, nullptr);
  vips_area_unref(VIPS_AREA(white));
  if (failed != 0) return why_failed();
  return image_ptr(out);
}

/// Three bands of 8 bits in sRGB, all in memory. A colour profile that makes no sense is passed
/// over.
result<image_ptr> to_srgb(image_ptr image) {
  VipsImage* out = nullptr;
  if (vips_image_get_typeof(image.get(), VIPS_META_ICC_NAME) != 0) {
    if (vips_icc_transform(image.get(), &out, "srgb", "embedded", TRUE, nullptr) == 0) {
      image.reset(out);
    } else {
      vips_error_clear();
    }
  }
  if (vips_colourspace(image.get(), &out, VIPS_INTERPRETATION_sRGB, nullptr) != 0) {
    return why_failed();
  }
  image.reset(out);
  if (vips_cast_uchar(image.get(), &out, nullptr) != 0) return why_failed();
  image.reset(out);
  image_ptr memory(vips_image_copy_memory(image.get()));
  if (!memory) return why_failed();
  strip(memory.get());
  return memory;
}

result<bytes> save_jpeg(VipsImage* image) {
  encoded out;
  if (vips_jpegsave_buffer(image, &out.data, &out.size, "Q", thumbnail_quality, "strip", TRUE,
                           "optimize_coding", TRUE, nullptr) != 0) {
    return why_failed();
  }
  return out.copy();
}

/// The picture alone of an encoded WebP: libvips adds an empty EXIF chunk of 100 bytes.
result<bytes> only_pixels(byte_view webp) {
  constexpr std::size_t file_header = 12;
  constexpr std::size_t chunk_header = 8;
  for (auto at = file_header; at + chunk_header <= webp.size();) {
    const auto little = webp.subspan(at + 4, 4);
    const std::size_t length = little[0] | little[1] << 8 | little[2] << 16;
    const auto whole = chunk_header + length + length % 2;
    if (at + whole > webp.size()) break;
    if (as_text(webp.subspan(at, 4)) == "VP8 ") {
      byte_writer out;
      out.raw(as_bytes("RIFF"));
      const auto size = static_cast<std::uint32_t>(4 + whole);
      for (int shift = 0; shift < 32; shift += 8)
        out.u8(static_cast<std::uint8_t>(size >> shift));
      out.raw(as_bytes("WEBP"));
      out.raw(webp.subspan(at, whole));
      return out.take();
    }
    at += whole;
  }
  return errc::damaged;
}

result<bytes> save_placeholder(VipsImage* square) {
  VipsImage* small = nullptr;
  const double scale = static_cast<double>(placeholder_pixels) / thumbnail_pixels;
  if (vips_resize(square, &small, scale, nullptr) != 0) return why_failed();
  const image_ptr owned(small);
  encoded out;
  if (vips_webpsave_buffer(small, &out.data, &out.size, "Q", 40, "strip", TRUE, nullptr) != 0) {
    return why_failed();
  }
  return only_pixels(out.copy());
}

result<image_info> finish(image_format format, const header& header, result<image_ptr> square) {
  if (!square) return square.error();
  auto opaque = flatten(std::move(*square));
  if (!opaque) return opaque.error();
  auto flat = to_srgb(std::move(*opaque));
  if (!flat) return flat.error();
  auto thumbnail = save_jpeg(flat->get());
  if (!thumbnail) return thumbnail.error();
  auto placeholder = save_placeholder(flat->get());
  if (!placeholder) return placeholder.error();
  if (memory_ran_out) throw std::bad_alloc();
  return image_info{format,        header.width,          header.height,
                    header.frames, std::move(*thumbnail), std::move(*placeholder)};
}

/// GLib's own writer asks whether standard error is a socket, which a worker may not.
GLogWriterOutput write_log(GLogLevelFlags level, const GLogField* fields, gsize count, gpointer) {
  if (level > G_LOG_LEVEL_WARNING) return G_LOG_WRITER_HANDLED;  // only a notice
  for (const auto* field = fields; field != fields + count; ++field) {
    if (std::string_view(field->key) != "MESSAGE") continue;
    const auto* words = static_cast<const char*>(field->value);
    if (speaks_of_memory(words)) memory_ran_out = true;
    std::fprintf(stderr, "%s\n", words);
  }
  return G_LOG_WRITER_HANDLED;
}

/// What a GIF announces as its canvas; libvips passes over sizes that it takes for a mistake.
header gif_canvas(byte_view content) {
  if (content.size() < 10) return {};
  return {static_cast<std::uint32_t>(content[6] | content[7] << 8),
          static_cast<std::uint32_t>(content[8] | content[9] << 8)};
}

}  // namespace

void start_image_library() {
  g_log_set_writer_func(write_log, nullptr, nullptr);
  // No modules (ImageMagick, PDF, SVG, …) and no code made at run time.
  ::setenv("VIPSHOME", "/nonexistent", 1);
  ::setenv("VIPS_NOVECTOR", "1", 1);
  // Never a temporary file: there are none to be had.
  ::setenv("VIPS_DISC_THRESHOLD", "100g", 1);
  if (VIPS_INIT("hearth-worker") != 0) vips_error_exit(nullptr);
  vips_block_untrusted_set(TRUE);
  vips_concurrency_set(1);
  vips_cache_set_max(0);
}

result<image_info> examine_image(byte_view content, const image_limits& limits) {
  const auto format = sniff_image(content);
  if (!format) return format.error();
  if (*format == image_format::bmp) {
    auto about = read_bmp_header(content);
    if (!about) return about.error();
    const header header{about->width, about->height, 1};
    if (auto fits = check(header, limits); !fits) return fits.error();
    auto pixels = read_bmp(content, *about);
    if (!pixels) return pixels.error();
    return finish(*format, header, make_square(*pixels));
  }
  if (*format == image_format::gif) {
    if (auto fits = check(gif_canvas(content), limits); !fits) return fits.error();
  }
  const auto header = read_header(content);
  if (!header) return header.error();
  if (auto fits = check(*header, limits); !fits) return fits.error();
  return finish(*format, *header, make_square(content));
}

result<bytes> encode_jpeg(byte_view rgb, int width, int height, int longest_side,
                          int quarter_turns) {
  const auto whole = wrap(rgb, width, height);
  VipsImage* out = nullptr;
  if (!whole || vips_thumbnail_image(whole.get(), &out, longest_side, "height", longest_side,
                                     "size", VIPS_SIZE_DOWN, nullptr) != 0) {
    return why_failed();
  }
  const image_ptr small(out);
  const image_ptr memory(vips_image_copy_memory(small.get()));
  if (!memory) return why_failed();
  if (vips_rot(memory.get(), &out, static_cast<VipsAngle>(quarter_turns % 4), nullptr) != 0) {
    return why_failed();
  }
  const image_ptr turned(out);
  return save_jpeg(turned.get());
}

}  // namespace hearth::image
