// Who calls, and what a route asks of a caller. Every route names its access when it is registered;
// allows() is the one place that decides.
#pragma once
#include <string>

namespace hearth::http {

enum class role { none, viewer, member, owner };

/// What a route asks: open is for everyone who reaches the server.
enum class access { open, viewer, member, owner };

/// How the caller reached the node.
enum class way_in { network, loopback, local_socket };

struct caller {
  role rank = role::none;
  way_in how = way_in::network;
  std::string address;  // "loopback", "local socket", or the IP address
};

constexpr bool allows(access needed, role have) {
  switch (needed) {
    case access::open:
      return true;
    case access::viewer:
      return have >= role::viewer;
    case access::member:
      return have >= role::member;
    case access::owner:
      return have >= role::owner;
  }
  return false;
}

constexpr const char* name_of(access needed) {
  switch (needed) {
    case access::open:
      return "open";
    case access::viewer:
      return "viewer";
    case access::member:
      return "member";
    case access::owner:
      return "owner";
  }
  return "owner";
}

}  // namespace hearth::http
