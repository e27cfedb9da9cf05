#include "node/peers/address.hpp"

#include <charconv>

namespace hearth::peers {
namespace {

constexpr std::size_t max_host_bytes = 253;

}  // namespace

std::string peer_address::text() const {
  const bool ipv6 = host.find(':') != std::string::npos;
  return (ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

result<peer_address> peer_address::parse(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return errc::bad_address;
  auto host = text.substr(0, colon);
  const auto digits = text.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return errc::bad_address;
  }
  peer_address out;
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
  const bool whole = problem == std::errc() && end == digits.data() + digits.size();
  const bool plain = host.find_first_of(" /\\\"\t\r\n[]") == std::string_view::npos;
  if (!whole || out.port == 0 || !plain || host.size() > max_host_bytes) return errc::bad_address;
  out.host = host;
  return out;
}

}  // namespace hearth::peers
