// An error as a person sees it: a status, a code for programs, what happened, and what to do.
#pragma once
#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <stdexcept>
#include <string>

namespace hearth::http {

struct api_error {
  unsigned status = 400;
  std::string code;
  std::string message;
  std::string hint;
};

/// A value, or the error to answer with.
template <class T>
using answer = boost::system::result<T, api_error>;

/// Called by answer<T>::value() only; code that can fail asks has_value() first.
[[noreturn]] inline void throw_exception_from_error(const api_error& error,
                                                    const boost::source_location&) {
  throw std::runtime_error(error.message);
}

}  // namespace hearth::http
