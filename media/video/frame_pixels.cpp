#include "media/video/frame_pixels.hpp"

#include <algorithm>
#include <array>
#include <cmath>

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace hearth::video {
namespace {

constexpr int first_hd_height = 720;  // from here on video is BT.709 where it does not say

using line = std::vector<std::uint16_t>;

std::uint8_t clamp(double value) {
  return static_cast<std::uint8_t>(std::clamp(std::lround(value), 0l, 255l));
}

bool is_hardware(const AVPixFmtDescriptor& format) {
  return (format.flags & (AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BITSTREAM |
                          AV_PIX_FMT_FLAG_BAYER | AV_PIX_FMT_FLAG_FLOAT)) != 0;
}

bool is_full_range(const AVFrame& frame) {
  switch (frame.format) {
    case AV_PIX_FMT_YUVJ420P:
    case AV_PIX_FMT_YUVJ422P:
    case AV_PIX_FMT_YUVJ444P:
    case AV_PIX_FMT_YUVJ440P:
      return true;
    default:
      return frame.color_range == AVCOL_RANGE_JPEG;
  }
}

/// Y'CbCr to R'G'B' (ITU-R BT.601 and BT.709).
class colour_matrix {
 public:
  explicit colour_matrix(const AVFrame& frame) : full_(is_full_range(frame)) {
    const bool told_709 = frame.colorspace == AVCOL_SPC_BT709;
    const bool untold = frame.colorspace == AVCOL_SPC_UNSPECIFIED;
    if (told_709 || (untold && frame.height >= first_hd_height)) {
      red_ = 0.2126;
      blue_ = 0.0722;
    }
  }

  /// Values of 0 to 255.
  std::array<std::uint8_t, 3> rgb(double luma, double cb, double cr) const {
    const double y = full_ ? luma : (luma - 16) * 255 / 219;
    const double scale = full_ ? 1.0 : 255.0 / 224.0;
    const double b = (cb - 128) * scale * 2 * (1 - blue_);
    const double r = (cr - 128) * scale * 2 * (1 - red_);
    const double g = -(red_ * r + blue_ * b) / (1 - red_ - blue_);
    return {clamp(y + r), clamp(y + g), clamp(y + b)};
  }

 private:
  double red_ = 0.299;
  double blue_ = 0.114;
  bool full_;
};

class frame_reader {
 public:
  frame_reader(const AVFrame& frame, const AVPixFmtDescriptor& format)
      : frame_(frame), format_(format), matrix_(frame) {
    palette_ = (format.flags & AV_PIX_FMT_FLAG_PAL) != 0;
    rgb_ = palette_ || (format.flags & AV_PIX_FMT_FLAG_RGB) != 0;
    colours_ = palette_ || format.nb_components >= 3 ? 3 : 1;
    for (auto& each : lines_)
      each.resize(static_cast<std::size_t>(frame.width));
  }

  void read_row(int y) {
    for (int c = 0; c < colours_; ++c) {
      const bool chroma = !rgb_ && c > 0;
      const int row = chroma ? y >> format_.log2_chroma_h : y;
      const int width = chroma ? -((-frame_.width) >> format_.log2_chroma_w) : frame_.width;
      std::array<const std::uint8_t*, 4> planes{frame_.data[0], frame_.data[1], frame_.data[2],
                                                frame_.data[3]};
      av_read_image_line2(lines_[static_cast<std::size_t>(c)].data(), planes.data(),
                          frame_.linesize, &format_, 0, row, c, width, palette_ ? 1 : 0, 2);
    }
  }

  std::array<std::uint8_t, 3> pixel(int x) const {
    if (colours_ == 1) {
      const auto grey = value(0, x);
      return rgb_ || is_full_range(frame_) ? std::array{clamp(grey), clamp(grey), clamp(grey)}
                                           : matrix_.rgb(grey, 128, 128);
    }
    if (rgb_) return {clamp(value(0, x)), clamp(value(1, x)), clamp(value(2, x))};
    const int chroma_x = x >> format_.log2_chroma_w;
    return matrix_.rgb(value(0, x), value(1, chroma_x), value(2, chroma_x));
  }

 private:
  /// Scaled to 8 bits.
  double value(int component, int x) const {
    const auto raw = lines_[static_cast<std::size_t>(component)][static_cast<std::size_t>(x)];
    const int depth = palette_ ? 8 : format_.comp[component].depth;
    return std::ldexp(raw, 8 - depth);
  }

  const AVFrame& frame_;
  const AVPixFmtDescriptor& format_;
  colour_matrix matrix_;
  std::array<line, 3> lines_;
  bool palette_ = false;
  bool rgb_ = false;
  int colours_ = 3;
};

}  // namespace

rgb_picture read_pixels(const AVFrame& frame, int longest_side) {
  const auto* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  if (format == nullptr || is_hardware(*format) || frame.width <= 0 || frame.height <= 0) return {};
  const int step = std::max(1, std::max(frame.width, frame.height) / longest_side);
  rgb_picture out{(frame.width + step - 1) / step, (frame.height + step - 1) / step, {}};
  out.rgb.reserve(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height) * 3);
  frame_reader reader(frame, *format);
  for (int y = 0; y < frame.height; y += step) {
    reader.read_row(y);
    for (int x = 0; x < frame.width; x += step) {
      const auto pixel = reader.pixel(x);
      out.rgb.insert(out.rgb.end(), pixel.begin(), pixel.end());
    }
  }
  return out;
}

}  // namespace hearth::video
