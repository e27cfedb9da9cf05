// The worker's side of inspect_video: the job "video".
#pragma once
#include "media/sandbox/serve_job.hpp"

namespace hearth::video {

sandbox::job_handler video_job();

}  // namespace hearth::video
