// One key frame of a video as a JPEG. Only for the worker process.
#pragma once
#include "media/video/media_file.hpp"

namespace hearth::video {

/// From a tenth of the way in, ten seconds at most; turned by that many quarters, clockwise. Empty
/// when no frame can be decoded: a video without a poster is still a video.
bytes make_poster(media_file& file, AVStream& stream, int quarter_turns);

}  // namespace hearth::video
