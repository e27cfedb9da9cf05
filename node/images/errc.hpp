// Errors of node/images.
#pragma once
#include "store/base/errc.hpp"

namespace hearth::images {

enum class errc {
  unknown_image = 1,  // no image with this id, or it was deleted, or the caller may not see it
  not_own,            // the image belongs to another node; only that one can change it
  too_many,           // the stream has its maximum of images
  bad_field,          // a field out of its limits
};

const boost::system::error_category& images_category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::images

template <>
struct boost::system::is_error_code_enum<hearth::images::errc> : std::true_type {};
