// The format of an image by its first bytes; its name and declared type are never looked at.
#pragma once
#include <string_view>

#include "media/image/errc.hpp"
#include "store/base/bytes.hpp"

namespace hearth::image {

enum class image_format : std::uint8_t { jpeg = 1, png, gif, webp, bmp };

/// "jpeg", "png", …: as in the API.
std::string_view format_name(image_format format);
/// "image/jpeg", …
std::string_view media_type(image_format format);
/// errc::unsupported_format for anything else, such as SVG, TIFF, HEIC and PDF.
result<image_format> sniff_image(byte_view head);

}  // namespace hearth::image
