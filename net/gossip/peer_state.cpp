#include "net/gossip/peer_state.hpp"

#include <algorithm>

namespace hearth::gossip {

bool token_bucket::take(double cost, milliseconds now) {
  const auto passed = std::max(milliseconds(0), now - at_);
  tokens_ =
      std::min(per_second_, tokens_ + per_second_ * static_cast<double>(passed.count()) / 1e3);
  at_ = now;
  if (std::min(cost, per_second_) > tokens_) return false;
  tokens_ -= cost;
  return true;
}

logs::seq_no peer_state::known_seq(const logs::log_key& log) const {
  const auto found = known.find(log);
  return found == known.end() ? logs::seq_no{} : found->second.last;
}

void peer_state::holds(const logs::log_key& log, logs::seq_no seq) {
  auto& item = known.try_emplace(log, logs::log_summary{log}).first->second;
  if (item.frozen || item.last >= seq) return;
  item.last = seq;
  item.tag = 0;  // not told
}

void peer_state::forget_link() {
  told.clear();
  missing.clear();
  pauses.clear();
  fork_checked.clear();
  to_announce.clear();
  versions_at = {};
  versions_due = false;
  wants = 0;
}

logs::seq_no wanted_from(const logs::log_summary& theirs,
                         const std::optional<logs::log_summary>& ours, bool& check_fork) {
  check_fork = false;
  if (ours && ours->frozen) return {};
  const auto have = ours ? ours->last : logs::seq_no{};
  if (theirs.frozen) {
    if (have.next() < theirs.last) return have.next();
    check_fork = true;
    return theirs.last;
  }
  if (theirs.last > have) return have.next();
  check_fork = theirs.last == have && theirs.tag != 0 && have.value != 0 && theirs.tag != ours->tag;
  return check_fork ? have : logs::seq_no{};
}

}  // namespace hearth::gossip
