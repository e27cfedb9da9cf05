// The one way to say "a value or why not": boost::system::result with an error code of the module
// that failed. Exceptions are for failed start-up and out-of-memory only.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

namespace hearth {

using boost::asio::awaitable;
using boost::system::error_code;

template <class T>
using result = boost::system::result<T>;

}  // namespace hearth
