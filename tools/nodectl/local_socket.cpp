#include "tools/nodectl/local_socket.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "node/http/local_address.hpp"

namespace hearth::nodectl {
namespace {

error_code from_system(int number) {
  return {number, boost::system::system_category()};
}

}  // namespace

local_socket::~local_socket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

error_code local_socket::connect(const std::filesystem::path& path) {
  const auto address = http::local_address::of(path);
  if (!address) return address.error();
  descriptor_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor_ < 0) return from_system(errno);
  const auto& at = address->endpoint();
  // A Unix socket connects at once or, with a full backlog, waits: SO_SNDTIMEO is its deadline.
  const timeval limit{static_cast<time_t>(limit_.count() / 1000), 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (::connect(descriptor_, at.data(), static_cast<socklen_t>(at.size())) != 0) {
    return from_system(errno);
  }
  return {};
}

bool local_socket::wait(short what, error_code& failed) {
  pollfd ready{descriptor_, what, 0};
  const auto count = ::poll(&ready, 1, static_cast<int>(limit_.count()));
  if (count > 0) return true;
  failed = count == 0 ? error_code(errc::timed_out) : from_system(errno);
  return false;
}

std::size_t local_socket::read_bytes(void* into, std::size_t size, error_code& failed) {
  failed = {};
  if (!wait(POLLIN, failed)) return 0;
  const auto count = ::recv(descriptor_, into, size, 0);
  if (count == 0) failed = boost::asio::error::eof;
  if (count < 0) failed = from_system(errno);
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

std::size_t local_socket::write_bytes(const void* from, std::size_t size, error_code& failed) {
  failed = {};
  if (!wait(POLLOUT, failed)) return 0;
  const auto count = ::send(descriptor_, from, size, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (count < 0 && errno != EAGAIN) failed = from_system(errno);
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

}  // namespace hearth::nodectl
