// hearth-worker: does one job on untrusted media, locked in, and ends. Started by worker_pool only.
#include <unistd.h>

#include <array>

#include "media/image/image_job.hpp"
#include "media/sandbox/serve_job.hpp"
#include "media/video/video_job.hpp"

int main() {
  const std::array handlers{hearth::image::image_job(), hearth::video::video_job(),
                            hearth::sandbox::self_test()};
  // Nothing of the libraries' own clean-up may run after hostile input.
  ::_exit(hearth::sandbox::serve_one_job(handlers));
}
