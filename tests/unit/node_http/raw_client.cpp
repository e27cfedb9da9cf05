#include "raw_client.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace {

constexpr int patience_ms = 5000;

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace

std::string raw_answer::field(std::string_view name) const {
  for (std::size_t at = 0; at < head.size();) {
    const auto end = std::min(head.find("\r\n", at), head.size());
    const auto line = std::string_view(head).substr(at, end - at);
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && same_word(line.substr(0, colon), name)) {
      return std::string(line.substr(colon + 2));
    }
    at = end + 2;
  }
  return {};
}

raw_client::raw_client(std::uint16_t port) : raw_client("127.0.0.1", port) {}

raw_client::raw_client(const std::string& address, std::uint16_t port)
    : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(port);
  ::inet_pton(AF_INET, address.c_str(), &at.sin_addr);
  if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0) {
    throw std::runtime_error("can't connect");
  }
}

std::string raw_client::outside_address() {
  ifaddrs* all = nullptr;
  if (::getifaddrs(&all) != 0) return {};
  std::string out;
  for (const auto* one = all; one != nullptr && out.empty(); one = one->ifa_next) {
    if (one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET) continue;
    sockaddr_in at{};
    std::memcpy(&at, one->ifa_addr, sizeof at);
    char text[INET_ADDRSTRLEN];
    ::inet_ntop(AF_INET, &at.sin_addr, text, sizeof text);
    if (ntohl(at.sin_addr.s_addr) >> 24 != 127) out = text;
  }
  ::freeifaddrs(all);
  return out;
}

raw_client::raw_client(const std::filesystem::path& socket)
    : descriptor_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  std::strncpy(at.sun_path, socket.c_str(), sizeof at.sun_path - 1);
  if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0) {
    throw std::runtime_error("can't connect");
  }
}

raw_client::~raw_client() {
  ::close(descriptor_);
}

bool raw_client::send(std::string_view text) {
  while (!text.empty()) {
    pollfd ready{descriptor_, POLLOUT, 0};
    if (::poll(&ready, 1, patience_ms) <= 0) return false;
    const auto count = ::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool raw_client::read_more(int wait_ms) {
  pollfd ready{descriptor_, POLLIN, 0};
  if (::poll(&ready, 1, wait_ms) <= 0) return false;
  char piece[65536];
  const auto count = ::recv(descriptor_, piece, sizeof piece, 0);
  if (count <= 0) return false;
  buffer_.append(piece, static_cast<std::size_t>(count));
  return true;
}

raw_answer raw_client::read_answer(bool head_only) {
  raw_answer out;
  while (buffer_.find("\r\n\r\n") == std::string::npos) {
    if (!read_more(patience_ms)) return out;
  }
  const auto end = buffer_.find("\r\n\r\n") + 4;
  out.head = buffer_.substr(0, end);
  buffer_.erase(0, end);
  out.status = static_cast<unsigned>(std::stoul(out.head.substr(9, 3)));
  const auto length = out.field("Content-Length");
  if (head_only || length.empty()) return out;
  const auto size = std::stoul(length);
  while (buffer_.size() < size) {
    if (!read_more(patience_ms)) return raw_answer{};
  }
  out.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return out;
}

std::string raw_client::read_rest(int quiet_ms) {
  while (read_more(quiet_ms)) {
  }
  return std::exchange(buffer_, {});
}

std::string raw_client::read_until(std::string_view mark) {
  while (buffer_.find(mark) == std::string::npos) {
    if (!read_more(patience_ms)) break;
  }
  return std::exchange(buffer_, {});
}

bool raw_client::closes_within(int ms) {
  pollfd ready{descriptor_, POLLIN, 0};
  while (::poll(&ready, 1, ms) > 0) {
    char piece[4096];
    if (::recv(descriptor_, piece, sizeof piece, 0) <= 0) return true;
  }
  return false;
}

void raw_client::finish_sending() {
  ::shutdown(descriptor_, SHUT_WR);
}

raw_answer raw_client::get(std::uint16_t port, std::string_view path, std::string_view fields) {
  raw_client one(port);
  one.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) +
           "\r\n");
  return one.read_answer();
}
