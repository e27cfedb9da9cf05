// Keeps other sites away from a server on loopback: the Host field must be one of ours (DNS
// rebinding), and a browser's changing request must come from our own page (cross-site requests).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "node/http/request.hpp"

namespace hearth::http {

struct host_port {
  std::string host;  // lower case; IPv6 without brackets
  std::string port;  // "" when not given
};

/// "name", "name:port", "1.2.3.4:port", "[::1]:port"; nothing for anything else.
std::optional<host_port> read_host(std::string_view text);

/// 400 for a missing, repeated or malformed Host; 421 for a name that is neither localhost, nor a
/// loopback address, nor allowed.
answer<void> check_host(const request& from, const std::vector<std::string>& allowed_hosts);

/// 403 for a changing request that a browser says comes from another site.
answer<void> check_origin(const request& from);

}  // namespace hearth::http
