// A decoded frame as 8-bit RGB, whatever its pixel format (all that libavutil can describe), for a
// poster: not fast, and only every n-th pixel of a large frame. Only for the worker process.
#pragma once
#include "store/base/bytes.hpp"

extern "C" {
#include <libavutil/frame.h>
}

namespace hearth::video {

struct rgb_picture {
  int width = 0;
  int height = 0;
  bytes rgb;  // rows from the top without gaps; empty for a format that can't be read
};

/// At most longest_side pixels a side, about.
rgb_picture read_pixels(const AVFrame& frame, int longest_side);

}  // namespace hearth::video
