// News: what this node appended, and what it learnt from one peer, made known to the others.
#include <algorithm>

#include "net/gossip/gossip_core.hpp"
#include "net/gossip/peer_state.hpp"

namespace hearth::gossip {

void gossip_core::appended(milliseconds now) {
  const auto log = store_.own_log();
  if (log != own_log_) {  // a new incarnation
    own_log_ = log;
    own_seen_ = {};
  }
  const auto ours = store_.summary(log);
  if (!ours || ours->last <= own_seen_) return;
  const auto news = store_.read_run(log, own_seen_.next(), allowed_.push_bytes);
  const bool whole = news && news->entries.back().header.seq == ours->last;
  own_seen_ = ours->last;
  for (auto& [peer, state] : peers_) {
    if (!state->linked || state->banned) continue;
    if (whole && push(peer, *state, *news)) continue;
    announce_later(*state, log, now);
    announce(peer, *state);
  }
}

bool gossip_core::push(const node_id& peer, peer_state& state, const logs::shared_run& news) {
  std::size_t cost = 0;
  for (const auto& item : news.entries)
    cost += item.cost();
  const auto first = news.entries.front().header.seq;
  auto& told = state.told[news.log];
  // To a peer that lacks what comes before, the news would be a gap.
  const auto has = std::max(told, state.known_seq(news.log));
  if (cost > allowed_.push_bytes || has.next() < first) return false;
  told = news.entries.back().header.seq;
  state.counts.sent += news.entries.size();
  send(peer, wire::entries{news});
  return true;
}

void gossip_core::spread(const logs::log_key& log, milliseconds now) {
  // The author most likely told the others, too. Waiting for a moment and telling only those who
  // have not said meanwhile that they have it costs a few bytes where forwarding the entries at
  // once would send each of them along every link.
  const auto span =
      static_cast<std::uint64_t>((allowed_.announce_most - allowed_.announce_least).count() + 1);
  for (auto& [peer, state] : peers_) {
    if (!state->linked || state->banned) continue;
    const auto wait = allowed_.announce_least + milliseconds(random_.u64() % span);
    announce_later(*state, log, now + wait);
  }
}

void gossip_core::announce_later(peer_state& state, const logs::log_key& log, milliseconds at) {
  if (state.to_announce.empty() || at < state.announce_at) state.announce_at = at;
  state.to_announce.insert(log);
}

void gossip_core::announce(const node_id& peer, peer_state& state) {
  wire::versions content;
  for (const auto& log : std::exchange(state.to_announce, {})) {
    const auto ours = store_.summary(log);
    if (!ours) continue;
    const auto known = state.known.find(log);
    const bool has_it =
        known != state.known.end() &&
        (known->second.frozen || (!ours->frozen && known->second.last >= ours->last));
    auto& told = state.told[log];
    if (has_it || (!ours->frozen && told >= ours->last)) continue;
    told = ours->last;
    content.logs.push_back(*ours);
  }
  if (!content.logs.empty()) send(peer, std::move(content));
}

}  // namespace hearth::gossip
