// Opens a link to a node whose address is known.
#pragma once
#include <optional>

#include "net/transport/link.hpp"

namespace hearth::transport {

struct dial_target {
  std::string host;  // a name, an IPv4 address, or an IPv6 address with %scope where it needs one
  std::uint16_t port = 0;
  purpose use = purpose::control;
  std::optional<node_id> expected;  // errc::wrong_peer when somebody else answers
  milliseconds deadline{10'000};    // for everything: name, connection, handshake
};

/// Resolves, connects to each address in turn, shakes hands with the newest gate, and gives a link
/// once the peer has said that it admits us. Runs on a strand made on executor, whatever the caller
/// runs on; the link's writer is spawned in tasks.
/// Errors: not_resolved, unreachable, unanswered, handshake_failed, bad_identity, self, wrong_peer,
/// not_member, refused, no_common_version, hearth::errc::timed_out, group_full, group_closed.
awaitable<result<std::shared_ptr<link>>> dial(boost::asio::any_io_executor executor,
                                              std::shared_ptr<const link_context> context,
                                              task_group& tasks, dial_target target);

}  // namespace hearth::transport
