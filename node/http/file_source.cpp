#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "node/http/ranged_source.hpp"
#include "store/base/file.hpp"
#include "store/base/run_on.hpp"

namespace hearth::http {
namespace {

struct open_file {
  explicit open_file(int number) : descriptor(number) {}
  ~open_file() {
    if (descriptor >= 0) ::close(descriptor);
  }
  open_file(const open_file&) = delete;
  open_file& operator=(const open_file&) = delete;
  const int descriptor;
};

result<bytes> read_at(const open_file& file, std::uint64_t offset, std::size_t length) {
  bytes out(length);
  for (;;) {
    const auto count = ::pread(file.descriptor, out.data(), length, static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return from_errno(errno);
    if (count == 0) return hearth::errc::truncated;
    out.resize(static_cast<std::size_t>(count));
    return out;
  }
}

class file_source final : public ranged_source {
 public:
  file_source(std::shared_ptr<open_file> file, std::uint64_t size,
              boost::asio::any_io_executor worker)
      : file_(std::move(file)), size_(size), worker_(std::move(worker)) {}

  std::uint64_t size() const override { return size_; }

  awaitable<result<bytes>> read(std::uint64_t offset, std::size_t length) override {
    auto work = [file = file_, offset, length] { return read_at(*file, offset, length); };
    co_return co_await run_on(worker_, std::move(work));
  }

 private:
  std::shared_ptr<open_file> file_;
  std::uint64_t size_;
  boost::asio::any_io_executor worker_;
};

}  // namespace

result<std::shared_ptr<ranged_source>> open_file_source(const std::filesystem::path& path,
                                                        boost::asio::any_io_executor worker) {
  auto file = std::make_shared<open_file>(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file->descriptor < 0) return from_errno(errno);
  struct stat about {};
  if (::fstat(file->descriptor, &about) != 0) return from_errno(errno);
  if (!S_ISREG(about.st_mode)) return hearth::errc::not_found;
  return std::shared_ptr<ranged_source>(std::make_shared<file_source>(
      std::move(file), static_cast<std::uint64_t>(about.st_size), std::move(worker)));
}

}  // namespace hearth::http
