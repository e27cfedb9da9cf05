// What the core remembers of one peer. Internal to net/gossip.
#pragma once
#include <map>
#include <set>

#include "net/gossip/events.hpp"
#include "net/gossip/limits.hpp"

namespace hearth::gossip {

/// Allows a rate with bursts of one second's worth.
class token_bucket {
 public:
  explicit token_bucket(double per_second) : per_second_(per_second), tokens_(per_second) {}
  /// False when cost is above what is left; then nothing is taken. A cost above one second's worth
  /// passes when the bucket is full.
  bool take(double cost, milliseconds now);

 private:
  double per_second_;
  double tokens_;
  milliseconds at_{0};
};

struct peer_state {
  explicit peer_state(const limits& allowed)
      : messages(allowed.messages_per_second),
        bytes_in(allowed.bytes_per_second),
        bytes_out(allowed.bytes_per_second) {}

  // Kept while the peer is away.
  bool linked = false;
  bool heard = false;
  bool banned = false;                               // misbehaved on this link
  std::map<logs::log_key, logs::log_summary> known;  // what it said that it holds
  peer_status counts;                                // only its counters

  // Of this link.
  std::map<logs::log_key, logs::seq_no> told;    // what we said or pushed
  std::set<logs::log_key> missing;               // logs of which it can give us something
  std::map<logs::log_key, milliseconds> pauses;  // logs not to be asked for until then
  std::set<logs::log_key> fork_checked;          // second histories asked for once a link
  std::set<logs::log_key> to_announce;
  milliseconds announce_at{0};
  milliseconds digest_at{0};
  milliseconds versions_at{0};  // earliest next whole version vector
  bool versions_due = false;
  std::size_t wants = 0;  // in flight
  token_bucket messages;
  token_bucket bytes_in;
  token_bucket bytes_out;

  logs::seq_no known_seq(const logs::log_key& log) const;
  /// Takes note that it holds a log up to seq at least.
  void holds(const logs::log_key& log, logs::seq_no seq);
  void forget_link();
};

/// From which number on a peer that said `theirs` can help a node that holds `ours`; 0: it can't.
/// Sets check_fork when the answer would settle whether an author signed two histories.
logs::seq_no wanted_from(const logs::log_summary& theirs,
                         const std::optional<logs::log_summary>& ours, bool& check_fork);

}  // namespace hearth::gossip
