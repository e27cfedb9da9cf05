// Errors of node/streams.
#pragma once
#include "store/base/errc.hpp"

namespace hearth::streams {

enum class errc {
  unknown_stream = 1,  // no stream with this id or key, or it was deleted
  not_own,             // the stream belongs to another node; only that one can change it
  bad_field,           // a name, description or preset that is too long or not known
};

const boost::system::error_category& streams_category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::streams

template <>
struct boost::system::is_error_code_enum<hearth::streams::errc> : std::true_type {};
