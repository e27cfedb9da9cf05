#include "media/image/sniff.hpp"

namespace hearth::image {

std::string_view format_name(image_format format) {
  return media_type(format).substr(6);
}

std::string_view media_type(image_format format) {
  switch (format) {
    case image_format::jpeg:
      return "image/jpeg";
    case image_format::png:
      return "image/png";
    case image_format::gif:
      return "image/gif";
    case image_format::webp:
      return "image/webp";
    case image_format::bmp:
      return "image/bmp";
  }
  return "image/unknown";
}

result<image_format> sniff_image(byte_view head) {
  const auto text = as_text(head);
  if (text.starts_with("\xff\xd8\xff")) return image_format::jpeg;
  if (text.starts_with("\x89PNG\r\n\x1a\n")) return image_format::png;
  if (text.starts_with("GIF87a") || text.starts_with("GIF89a")) return image_format::gif;
  if (text.starts_with("RIFF") && text.substr(0, 12).ends_with("WEBP") && text.size() >= 12) {
    return image_format::webp;
  }
  if (text.starts_with("BM") && text.size() >= 26) return image_format::bmp;
  return errc::unsupported_format;
}

}  // namespace hearth::image
