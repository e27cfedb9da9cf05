// What gossip allows itself and each peer. Chosen for homes and offices: up to some 30 nodes.
#pragma once
#include <cstddef>

#include "store/base/clock.hpp"

namespace hearth::gossip {

struct limits {
  std::size_t push_bytes = 4 * 1024;     // larger news are announced, and fetched if wanted
  std::size_t piece_bytes = 256 * 1024;  // asked for at a time
  std::size_t wants_in_flight = 4;       // a peer, each of another log
  milliseconds want_timeout{30'000};     // then another peer may be asked
  milliseconds retry_pause{5'000};       // before a peer that did not answer is asked again
  milliseconds anti_entropy{30'000};     // between digests, give or take a quarter
  milliseconds announce_least{40};       // before others are told of what came from a peer
  milliseconds announce_most{120};
  milliseconds whole_versions_pause{2'000};       // between two whole version vectors to a peer
  double messages_per_second = 2'000;             // taken from a peer; as many again in a burst
  double bytes_per_second = 256.0 * 1024 * 1024;  // of entries, each way
  std::size_t remembered_peers = 1'000;           // of which what they confirmed is kept
};

}  // namespace hearth::gossip
