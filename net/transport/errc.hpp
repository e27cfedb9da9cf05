// Errors of net/transport.
#pragma once
#include <boost/system/error_category.hpp>
#include <boost/system/error_code.hpp>

#include "store/base/result.hpp"

namespace hearth::transport {

enum class errc {
  closed = 1,         // the link was closed, by this side or at a frame's end by the other
  queue_full,         // the peer takes less than we send
  frame_too_large,    // a frame above the limit, ours or announced by the peer
  bad_record,         // a record's length is outside 17 to 16,384
  tampered,           // a record does not decrypt: changed, replayed or out of order
  cut_short,          // the connection ended inside a record or a frame
  stranger,           // message 1 was not made with any secret that we accept
  handshake_failed,   // a later handshake message does not decrypt or has a wrong size
  bad_identity,       // the identity is malformed, or not signed for this static key
  not_member,         // our policy does not admit the peer
  refused,            // the peer's policy does not admit us
  self,               // the other end is this node
  wrong_peer,         // another node answered than the one that was asked for
  no_common_version,  // no version of the link protocol that both speak
  unanswered,         // the other end hung up before it showed itself: most likely another secret
  not_resolved,       // the host name has no address
  unreachable,        // no address of the host took the connection
  cannot_listen,      // the address is not ours, or its port is taken
  weak_secret,        // a cluster's secret below 16 bytes
};

const boost::system::error_category& transport_category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::transport

template <>
struct boost::system::is_error_code_enum<hearth::transport::errc> : std::true_type {};
