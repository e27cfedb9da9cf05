#include "store/blobs/blob_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "store/base/file.hpp"

namespace hearth::blobs {

blob_file::~blob_file() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

blob_file& blob_file::operator=(blob_file&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  return *this;
}

result<blob_file> blob_file::open(const std::filesystem::path& path, bool writable) {
  const int file = ::open(path.c_str(), (writable ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0 && errno == ENOENT) return errc::no_such_blob;
  if (file < 0) return from_errno(errno);
  blob_file out(file, 0);
  struct ::stat about {};
  if (::fstat(file, &about) != 0) return from_errno(errno);
  out.size_ = static_cast<std::uint64_t>(about.st_size);
  return out;
}

result<bytes> blob_file::read(std::uint64_t offset, std::size_t length) const {
  if (offset > size_) return errc::out_of_range;
  bytes out(std::min<std::uint64_t>(length, size_ - offset));
  std::size_t done = 0;
  while (done < out.size()) {
    const auto count = ::pread(descriptor_, out.data() + done, out.size() - done,
                               static_cast<::off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return from_errno(errno);
    if (count == 0) return errc::damaged;  // cut since it was opened
    done += static_cast<std::size_t>(count);
  }
  return out;
}

result<void> blob_file::write(std::uint64_t offset, byte_view data) {
  while (!data.empty()) {
    const auto count =
        ::pwrite(descriptor_, data.data(), data.size(), static_cast<::off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return from_errno(errno);
    data = data.subspan(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
    size_ = std::max(size_, offset);
  }
  return {};
}

}  // namespace hearth::blobs
