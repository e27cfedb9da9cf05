// Errors of media/video: why a video is refused. What the worker process can run into besides is in
// media/sandbox/errc.hpp.
#pragma once
#include "store/base/errc.hpp"

namespace hearth::video {

enum class errc {
  unsupported_format = 1,  // not MP4, MOV, M4V, MKV, WebM, AVI, FLV or WMV, by its content
  damaged,                 // cut off before what is needed to play it, or breaks its format
  no_video,                // no moving picture in it
};

const boost::system::error_category& category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::video

template <>
struct boost::system::is_error_code_enum<hearth::video::errc> : std::true_type {};
