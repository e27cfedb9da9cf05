// Errors of media/live: why a consumer's cursor gives nothing more.
#pragma once
#include <boost/system/error_code.hpp>

namespace hearth::live {

enum class errc {
  lagged = 1,  // the consumer fell behind what the ring keeps
  ended,       // the stream is over and everything of it was read
};

const boost::system::error_category& live_category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::live

template <>
struct boost::system::is_error_code_enum<hearth::live::errc> : std::true_type {};
