// Errors of net/wire: why a frame from a peer was not taken.
#pragma once
#include <boost/system/error_category.hpp>
#include <boost/system/error_code.hpp>

#include "store/base/result.hpp"

namespace hearth::wire {

enum class errc {
  malformed = 1,  // fields that do not fit the frame, or a value outside its range
  too_large,      // a frame or a field above its limit
  too_many,       // a list longer than its limit
  bad_text,       // text that is not UTF-8 or holds control characters
  incompatible,   // no protocol version in common
  bad_signature,  // presence that its node did not sign
  expired,        // presence whose time is over, or has not come
};

const boost::system::error_category& wire_category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::wire

template <>
struct boost::system::is_error_code_enum<hearth::wire::errc> : std::true_type {};
