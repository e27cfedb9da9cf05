// What the rest of the daemon learns from gossip: events to act on and each peer's standing.
#pragma once
#include <string>
#include <variant>

#include "net/wire/messages.hpp"

namespace hearth::gossip {

/// New in this node's store, in the order of their log: views and the sync history take them.
struct entries_arrived {
  node_id from;
  std::vector<logs::entry> entries;
};

/// The peer broke the rules (a bad signature, a broken chain). It was told bye: close its link.
struct peer_misbehaved {
  node_id peer;
  error_code why;
};

/// An author signed two histories. A person must know.
struct log_frozen {
  logs::log_summary log;
  node_id learnt_from;
};

/// This node was restored from an old copy; its entries from now on are of a new incarnation.
struct own_log_restored {
  logs::log_key old_log;
};

/// The own store could not take entries, e.g. because the disk is full. It is tried again.
struct store_failed {
  error_code why;
};

using event =
    std::variant<entries_arrived, peer_misbehaved, log_frozen, own_log_restored, store_failed>;

/// To be sent to a linked peer.
struct outgoing {
  node_id peer;
  wire::message content;
};

/// How a peer stands towards this node; numbers are of entries.
struct peer_status {
  node_id peer;
  bool linked = false;
  bool heard = false;               // it has said what it holds
  std::uint64_t they_lack = 0;      // of what we hold, as far as they confirmed
  std::uint64_t we_lack = 0;        // of what they announced
  std::uint64_t received = 0;       // new entries that came from it
  std::uint64_t sent = 0;           // entries sent to it
  std::uint64_t known_already = 0;  // entries that came though they were here
  std::uint64_t refused = 0;        // messages above a limit
  milliseconds last_heard{0};
  std::string why;  // the state in plain words
};

}  // namespace hearth::gossip
