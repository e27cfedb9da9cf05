#include "media/image/inspect_image.hpp"

namespace hearth::image {

awaitable<result<image_info>> inspect_image(sandbox::worker_pool& pool, int file,
                                            image_limits limits) {
  auto answer = co_await pool.run("image", encode_limits(limits), file);
  if (!answer) co_return answer.error();
  co_return decode_report(*answer, limits);
}

}  // namespace hearth::image
