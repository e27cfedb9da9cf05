#include "store/base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace hearth {
namespace {

class descriptor {
 public:
  explicit descriptor(int value) : value_(value) {}
  ~descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  int get() const { return value_; }

 private:
  int value_;
};

result<void> write_all(int file, byte_view data) {
  while (!data.empty()) {
    const auto count = ::write(file, data.data(), data.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return from_errno(errno);
    data = data.subspan(static_cast<std::size_t>(count));
  }
  return {};
}

}  // namespace

errc from_errno(int number) {
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return errc::not_found;
    case ENOSPC:
    case EDQUOT:
      return errc::disk_full;
    case EFBIG:
      return errc::too_large;
    default:
      return errc::io_failed;
  }
}

result<bytes> read_file(const std::filesystem::path& path, std::size_t limit) {
  const descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return from_errno(errno);
  bytes out;
  std::array<std::uint8_t, 64 * 1024> buffer;
  for (;;) {
    const auto count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return from_errno(errno);
    if (count == 0) return out;
    if (out.size() + static_cast<std::size_t>(count) > limit) return errc::too_large;
    out.insert(out.end(), buffer.begin(), buffer.begin() + count);
  }
}

result<void> sync_folder(const std::filesystem::path& folder) {
  const descriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (file.get() < 0) return from_errno(errno);
  if (::fsync(file.get()) != 0) return from_errno(errno);
  return {};
}

result<void> write_file_durably(const std::filesystem::path& path, byte_view content,
                                unsigned mode) {
  auto pending = pending_file::create(path.parent_path());
  if (!pending) return pending.error();
  if (::fchmod(pending->descriptor(), mode) != 0) return from_errno(errno);
  if (auto written = pending->write(content); !written) return written;
  return pending->commit(path);
}

result<pending_file> pending_file::create(const std::filesystem::path& folder) {
  auto name = (folder / ".pending-XXXXXX").string();
  pending_file file;
  file.descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (file.descriptor_ < 0) return from_errno(errno);
  file.path_ = name;
  return file;
}

pending_file::~pending_file() {
  discard();
}

pending_file::pending_file(pending_file&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      size_(std::exchange(other.size_, 0)) {}

pending_file& pending_file::operator=(pending_file&& other) noexcept {
  if (this != &other) {
    discard();
    path_ = std::exchange(other.path_, {});
    descriptor_ = std::exchange(other.descriptor_, -1);
    size_ = std::exchange(other.size_, 0);
  }
  return *this;
}

result<void> pending_file::write(byte_view data) {
  auto written = write_all(descriptor_, data);
  if (written) size_ += data.size();
  return written;
}

result<void> pending_file::commit(const std::filesystem::path& target) {
  if (::fsync(descriptor_) != 0) return from_errno(errno);
  if (::rename(path_.c_str(), target.c_str()) != 0) return from_errno(errno);
  ::close(std::exchange(descriptor_, -1));
  path_.clear();
  return sync_folder(target.parent_path());
}

void pending_file::discard() noexcept {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  if (!path_.empty()) ::unlink(path_.c_str());
}

}  // namespace hearth
