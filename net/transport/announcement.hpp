// What a node tells the LAN about itself: sealed with a key derived from the cluster's secret, so
// that others learn only that some node of Hearth is there (docs/protocols/discovery.md).
#pragma once
#include <optional>

#include "net/transport/credentials.hpp"

namespace hearth::transport {

struct announced {
  node_id node;
  std::string name;  // UTF-8, at most 32 bytes; a longer one is cut
};

/// 144 characters of base32, different each time.
std::string seal_announcement(const gate& with, const announced& about, random_source& random);

/// Nothing when no gate opens it, or it is not in the expected form.
std::optional<announced> open_announcement(const gate_ring& gates, std::string_view text);

}  // namespace hearth::transport
