// The container of a video by its first bytes; its name and declared type are never looked at.
#pragma once
#include <string_view>

#include "media/video/errc.hpp"
#include "store/base/bytes.hpp"

namespace hearth::video {

enum class container : std::uint8_t { mp4 = 1, m4v, mov, mkv, webm, avi, flv, wmv };

/// How many bytes of a file sniff_video wants to see.
inline constexpr std::size_t sniff_bytes = 4096;

/// "mp4", "mkv", …
std::string_view container_name(container kind);
/// "video/mp4", …
std::string_view media_type(container kind);
/// The one demuxer of libavformat that may read it.
const char* demuxer_name(container kind);
/// errc::unsupported_format for anything else, playlists above all.
result<container> sniff_video(byte_view head);

}  // namespace hearth::video
