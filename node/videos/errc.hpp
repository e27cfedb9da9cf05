// Errors of node/videos.
#pragma once
#include "store/base/errc.hpp"

namespace hearth::videos {

enum class errc {
  unknown_video = 1,  // no video with this id, or it was deleted
  bad_field,          // a name or tag out of its limits
};

const boost::system::error_category& videos_category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::videos

template <>
struct boost::system::is_error_code_enum<hearth::videos::errc> : std::true_type {};
