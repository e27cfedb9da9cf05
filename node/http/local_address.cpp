#include "node/http/local_address.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "store/base/file.hpp"

namespace hearth::http {
namespace {

constexpr std::size_t longest_path = 107;

}  // namespace

result<local_address> local_address::of(const std::filesystem::path& path) {
  local_address out;
  if (path.native().size() <= longest_path) {
    out.endpoint_ = boost::asio::local::stream_protocol::endpoint(path.native());
    return out;
  }
  out.folder_ = ::open(path.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (out.folder_ < 0) return from_errno(errno);
  const auto near = "/proc/self/fd/" + std::to_string(out.folder_) + "/" + path.filename().native();
  if (near.size() > longest_path) return hearth::errc::too_large;
  out.endpoint_ = boost::asio::local::stream_protocol::endpoint(near);
  return out;
}

local_address::~local_address() {
  if (folder_ >= 0) ::close(folder_);
}

local_address::local_address(local_address&& other) noexcept
    : folder_(std::exchange(other.folder_, -1)), endpoint_(other.endpoint_) {}

}  // namespace hearth::http
