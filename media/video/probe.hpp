// Reads a video's metadata and makes its poster, by libavformat and libavcodec. Only for the worker
// process: this is where hostile bytes are demuxed and decoded.
#pragma once
#include "media/video/video_report.hpp"

namespace hearth::video {

/// Once, before the process is locked in.
void start_video_library();

/// Throws std::bad_alloc when memory runs out. Errors: video::errc.
result<video_info> examine_video(int file);

}  // namespace hearth::video
