#include "media/image/image_job.hpp"

#include <unistd.h>

#include "media/image/thumbnail.hpp"

namespace hearth::image {
namespace {

/// All of the file; errc::too_large when it has more than limit bytes, damaged when it can't be
/// read.
result<bytes> load(int file, std::uint64_t limit) {
  const auto size = ::lseek(file, 0, SEEK_END);
  if (size < 0) return errc::damaged;
  if (static_cast<std::uint64_t>(size) > limit) return errc::too_large;
  bytes out(static_cast<std::size_t>(size));
  std::size_t done = 0;
  while (done < out.size()) {
    const auto count =
        ::pread(file, out.data() + done, out.size() - done, static_cast<::off_t>(done));
    if (count <= 0) return errc::damaged;
    done += static_cast<std::size_t>(count);
  }
  return out;
}

bytes run(byte_view request, int input) {
  const auto limits = decode_limits(request);
  if (!limits) return {};
  const auto content = load(input, limits->max_file_bytes);
  if (!content) return encode_report(content.error());
  return encode_report(examine_image(*content, *limits));
}

}  // namespace

sandbox::job_handler image_job() {
  return {"image", start_image_library, run};
}

}  // namespace hearth::image
