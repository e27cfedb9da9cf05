// The worker's side of inspect_image: the job "image".
#pragma once
#include "media/sandbox/serve_job.hpp"

namespace hearth::image {

sandbox::job_handler image_job();

}  // namespace hearth::image
