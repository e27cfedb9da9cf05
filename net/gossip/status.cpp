// What people are shown about each peer.
#include <algorithm>

#include "net/gossip/gossip_core.hpp"
#include "net/gossip/peer_state.hpp"

namespace hearth::gossip {
namespace {

std::string counted(std::uint64_t count) {
  return std::to_string(count) + (count == 1 ? " entry" : " entries");
}

std::string words_for(const peer_status& status, const peer_state& state) {
  if (state.banned) return "closed: it sent entries that do not hold";
  if (!status.linked) return "not connected";
  if (!status.heard) return "connected, has not said yet what it holds";
  if (status.we_lack > 0 && state.wants > 0) return "receiving " + counted(status.we_lack);
  if (status.we_lack > 0) return "waiting for " + counted(status.we_lack);
  if (status.they_lack > 0) return counted(status.they_lack) + " not confirmed yet";
  return "in step";
}

std::uint64_t missing(logs::seq_no have, logs::seq_no wanted) {
  return wanted > have ? wanted.value - have.value : 0;
}

}  // namespace

peer_status gossip_core::status_of(const node_id& peer, const peer_state& state,
                                   const std::vector<logs::log_summary>& ours) const {
  auto out = state.counts;
  out.peer = peer;
  out.linked = state.linked && !state.banned;
  out.heard = state.heard;
  if (state.heard) {
    for (const auto& item : ours) {
      if (!item.frozen) out.they_lack += missing(state.known_seq(item.log), item.last);
    }
  }
  for (const auto& [log, theirs] : state.known) {
    const auto mine = store_.summary(log);
    if (theirs.frozen || (mine && mine->frozen)) continue;
    out.we_lack += missing(mine ? mine->last : logs::seq_no{}, theirs.last);
  }
  out.why = words_for(out, state);
  return out;
}

std::vector<peer_status> gossip_core::status() const {
  const auto ours = store_.summaries();
  std::vector<peer_status> out;
  for (const auto& [peer, state] : peers_)
    out.push_back(status_of(peer, *state, ours));
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.peer < b.peer; });
  return out;
}

}  // namespace hearth::gossip
