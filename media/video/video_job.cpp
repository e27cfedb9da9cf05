#include "media/video/video_job.hpp"

#include "media/image/thumbnail.hpp"
#include "media/video/probe.hpp"

namespace hearth::video {
namespace {

void prepare() {
  image::start_image_library();  // writes the poster
  start_video_library();
}

bytes run(byte_view, int input) {
  return encode_report(examine_video(input));
}

}  // namespace

sandbox::job_handler video_job() {
  return {"video", prepare, run};
}

}  // namespace hearth::video
