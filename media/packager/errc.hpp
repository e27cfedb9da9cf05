// Errors of the packager: what a publisher sent that can't be packaged, and why a player gets
// nothing.
#pragma once
#include <boost/system/error_category.hpp>

#include "store/base/result.hpp"

namespace hearth::packager {

enum class errc {
  bad_config = 1,     // a codec configuration that is missing, too short or not of its codec
  unsupported_codec,  // a codec that has no place in fragmented MP4 here
  bad_dimensions,     // width or height unknown, zero or above 16,384
  no_key_frame,       // no key frame in the time in which a stream must begin
  too_many_changes,   // configuration or clock changed more often than a stream can mean
  packet_too_large,   // one frame above its limit
  muxer_failed,       // libavformat refused
  bad_name,           // not a name that a stream has
  not_found,          // dropped, or never there
  bad_request,        // a blocking request for something too far ahead, or not a number
  timed_out,          // the awaited segment or part did not come in time
  too_many_waiters,   // as many requests wait as may
  closed,             // the stream or the request was closed while it waited
};

const boost::system::error_category& packager_category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::packager

template <>
struct boost::system::is_error_code_enum<hearth::packager::errc> : std::true_type {};
