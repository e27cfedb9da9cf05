// Addresses as people write them: "host:port", "1.2.3.4:8481", "[fe80::1%eth0]:8481".
#pragma once
#include <string>
#include <string_view>

#include "node/peers/errc.hpp"

namespace hearth::peers {

struct peer_address {
  std::string host;
  std::uint16_t port = 0;

  auto operator<=>(const peer_address&) const = default;
  std::string text() const;
  /// errc::bad_address.
  static result<peer_address> parse(std::string_view text);
};

}  // namespace hearth::peers
