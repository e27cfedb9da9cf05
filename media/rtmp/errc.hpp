// Errors of media/rtmp: what was wrong with a client. Each ends that client's connection.
#pragma once
#include <boost/system/error_code.hpp>

namespace hearth::rtmp {

enum class errc {
  bad_version = 1,    // not RTMP version 3 (HTTP, TLS, RTMPE)
  bad_chunk,          // a chunk that breaks the protocol
  too_many_streams,   // more chunk streams or message streams than allowed
  message_too_large,  // a message above the limit of its type
  too_much_pending,   // unfinished messages hold too much memory
  bad_amf0,           // malformed AMF0
  amf0_limit,         // AMF0 deeper, longer or with more values than allowed
  bad_command,        // a command without what it needs, or at the wrong time
  bad_media,          // a malformed audio or video tag
  bad_config,         // a malformed decoder configuration
  unsupported_codec,  // a codec that is not carried
  output_full,        // the client does not read its answers
};

const boost::system::error_category& rtmp_category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::rtmp

template <>
struct boost::system::is_error_code_enum<hearth::rtmp::errc> : std::true_type {};
