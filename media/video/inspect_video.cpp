#include "media/video/inspect_video.hpp"

namespace hearth::video {

awaitable<result<video_info>> inspect_video(sandbox::worker_pool& pool, int file) {
  auto answer = co_await pool.run("video", {}, file);
  if (!answer) co_return answer.error();
  co_return decode_report(*answer);
}

}  // namespace hearth::video
