// Errors of media/image: why an image is refused. What the worker process can run into besides is
// in media/sandbox/errc.hpp.
#pragma once
#include "store/base/errc.hpp"

namespace hearth::image {

enum class errc {
  unsupported_format = 1,  // not JPEG, PNG, GIF, WebP or a common kind of BMP, by its content
  damaged,                 // cut off, or breaks its format
  too_many_pixels,         // the header announces more than the limit
  too_many_frames,         // an animation longer than the limit
  too_large,               // more bytes than the limit
};

const boost::system::error_category& category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::image

template <>
struct boost::system::is_error_code_enum<hearth::image::errc> : std::true_type {};
