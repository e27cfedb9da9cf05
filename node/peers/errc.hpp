// Errors of node/peers.
#pragma once
#include "store/base/errc.hpp"

namespace hearth::peers {

enum class errc {
  not_connected = 1,  // no link to a node that has it
  not_there,          // the other node does not have it (any more)
  refused,            // the other node does not give it to us
  busy,               // the other node has too much to do right now
  broken_answer,      // an answer that does not fit the question
  bad_address,        // not "host:port"
};

const boost::system::error_category& peers_category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::peers

template <>
struct boost::system::is_error_code_enum<hearth::peers::errc> : std::true_type {};
