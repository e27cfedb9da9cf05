// Reads an image and makes its thumbnail and placeholder, by libvips. Only for the worker process:
// this is where hostile bytes are decoded. Throws std::bad_alloc when memory runs out.
#pragma once
#include "media/image/image_report.hpp"

namespace hearth::image {

/// Once, before the process is locked in. Ends the process when libvips does not start.
void start_image_library();

/// Format by content, limits from the header, and only then pixels. Errors: image::errc.
result<image_info> examine_image(byte_view content, const image_limits& limits);

/// A JPEG of at most longest_side pixels a side from 8-bit RGB pixels without gaps (a video's
/// frame), turned clockwise by that many quarters.
result<bytes> encode_jpeg(byte_view rgb, int width, int height, int longest_side,
                          int quarter_turns);

}  // namespace hearth::image
