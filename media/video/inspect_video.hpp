// Examines an uploaded video in a worker process: what the node calls.
#pragma once
#include "media/sandbox/worker_pool.hpp"
#include "media/video/video_report.hpp"

namespace hearth::video {

/// file: a descriptor open for reading, owned by the caller until this is done; its offset is not
/// used. Only the parts that are needed are read, whatever the file's size. Errors: video::errc
/// (the video is refused), sandbox::errc (the worker failed on it). Any thread.
awaitable<result<video_info>> inspect_video(sandbox::worker_pool& pool, int file);

}  // namespace hearth::video
