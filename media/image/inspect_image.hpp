// Examines an uploaded image in a worker process: what the node calls.
#pragma once
#include "media/image/image_report.hpp"
#include "media/sandbox/worker_pool.hpp"

namespace hearth::image {

/// file: a descriptor open for reading, owned by the caller until this is done; its offset is not
/// used. Errors: image::errc (the image is refused), sandbox::errc (the worker failed on it). Any
/// thread.
awaitable<result<image_info>> inspect_image(sandbox::worker_pool& pool, int file,
                                            image_limits limits = {});

}  // namespace hearth::image
