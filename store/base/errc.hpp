// Errors of store/base, and the pattern that every module's errc follows: an enum class, a
// category, make_error_code in the enum's namespace, and is_error_code_enum.
#pragma once
#include <boost/system/error_category.hpp>
#include <boost/system/error_code.hpp>

#include "store/base/result.hpp"

namespace hearth {

enum class errc {
  timed_out = 1,  // a wait reached its deadline
  truncated,      // input ended before what it announced
  too_large,      // a length or count above its limit
  malformed,      // input that breaks its format
  bad_signature,  // a signature that does not verify
  not_found,      // no such file
  disk_full,      // no space left, or quota exceeded
  io_failed,      // any other failure of a file operation
  group_full,     // a task group has its maximum of tasks
  group_closed,   // a task group is shutting down
};

const boost::system::error_category& base_category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth

template <>
struct boost::system::is_error_code_enum<hearth::errc> : std::true_type {};
