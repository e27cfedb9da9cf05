// What a codec configuration says about its stream.
#pragma once
#include <string>

#include "media/live/packet.hpp"
#include "media/packager/errc.hpp"

namespace hearth::packager {

/// RFC 6381 name, e.g. "avc1.64001f", "hvc1.1.6.L93.B0", "mp4a.40.2", "opus"; errc::bad_config for
/// a record too short to tell, errc::unsupported_codec.
result<std::string> codec_string(const live::track_config& config);

}  // namespace hearth::packager
