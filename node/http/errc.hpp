// Errors of the HTTP server: what a client or its connection did wrong.
#pragma once
#include "node/http/api_error.hpp"
#include "store/base/errc.hpp"

namespace hearth::http {

enum class errc {
  malformed_request = 1,  // not HTTP, or a body that breaks its transfer coding
  header_too_large,       // request line and fields above the limit
  body_too_large,         // more body than the route takes
  too_slow,               // a deadline passed while the client was sending or receiving
  disconnected,           // the client went away
  bad_address,            // an address to listen on that can't be read
  address_in_use,         // another program listens there
  listen_failed,          // any other failure to listen
};

const boost::system::error_category& http_category();
boost::system::error_code make_error_code(errc value);

/// What the client is told about a failure of its request.
api_error to_api_error(boost::system::error_code code);

}  // namespace hearth::http

template <>
struct boost::system::is_error_code_enum<hearth::http::errc> : std::true_type {};
