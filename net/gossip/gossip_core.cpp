#include "net/gossip/gossip_core.hpp"

#include <algorithm>

#include "net/gossip/peer_state.hpp"

namespace hearth::gossip {

gossip_core::gossip_core(entry_store& store, random_source& random, limits allowed)
    : store_(store), random_(random), allowed_(allowed), own_log_(store.own_log()) {
  if (const auto own = store_.summary(own_log_)) own_seen_ = own->last;
}

gossip_core::~gossip_core() = default;

peer_state* gossip_core::linked(const node_id& peer) {
  const auto found = peers_.find(peer);
  if (found == peers_.end() || !found->second->linked || found->second->banned) return nullptr;
  return found->second.get();
}

void gossip_core::send(const node_id& peer, wire::message content) {
  outbox_.push_back({peer, std::move(content)});
}

milliseconds gossip_core::about(milliseconds span) {
  const auto quarter = static_cast<std::uint64_t>(span.count() / 4);
  return span - milliseconds(quarter) + milliseconds(random_.u64() % (2 * quarter + 1));
}

void gossip_core::link_up(const node_id& peer, milliseconds now) {
  auto& slot = peers_[peer];
  if (!slot) slot = std::make_unique<peer_state>(allowed_);
  if (slot->linked) link_down(peer, now);
  slot->linked = true;
  slot->banned = false;
  send_digest(peer, *slot, now);
  forget_oldest();
}

void gossip_core::link_down(const node_id& peer, milliseconds now) {
  const auto found = peers_.find(peer);
  if (found == peers_.end() || !found->second->linked) return;
  found->second->linked = false;
  found->second->forget_link();
  std::erase_if(wants_, [&peer](const auto& item) { return item.second.peer == peer; });
  ask_everywhere(now);
}

void gossip_core::forget_oldest() {
  while (peers_.size() > allowed_.remembered_peers) {
    auto oldest = peers_.end();
    for (auto at = peers_.begin(); at != peers_.end(); ++at) {
      if (at->second->linked) continue;
      const auto heard = at->second->counts.last_heard;
      if (oldest == peers_.end() || heard < oldest->second->counts.last_heard) oldest = at;
    }
    if (oldest == peers_.end()) return;
    peers_.erase(oldest);
  }
}

void gossip_core::send_digest(const node_id& peer, peer_state& state, milliseconds now) {
  send(peer, wire::digest{store_.content_digest()});
  state.digest_at = now + about(allowed_.anti_entropy);
}

void gossip_core::send_versions(const node_id& peer, peer_state& state, milliseconds now) {
  if (now < state.versions_at) {  // later: a peer must not make us send the whole over and over
    state.versions_due = true;
    return;
  }
  state.versions_due = false;
  state.versions_at = now + allowed_.whole_versions_pause;
  wire::versions content{true, store_.summaries()};
  for (const auto& item : content.logs)
    state.told[item.log] = item.last;
  state.to_announce.clear();
  send(peer, std::move(content));
}

bool gossip_core::receive(const node_id& from, wire::message content, milliseconds now) {
  const auto kind_is_ours = std::visit(
      [](const auto& item) {
        using kind = std::decay_t<decltype(item)>;
        return std::is_same_v<kind, wire::digest> || std::is_same_v<kind, wire::versions> ||
               std::is_same_v<kind, wire::want> || std::is_same_v<kind, wire::entries> ||
               std::is_same_v<kind, wire::ack>;
      },
      content);
  if (!kind_is_ours) return false;
  auto* state = linked(from);
  if (state == nullptr) return true;
  if (!state->messages.take(1, now)) {
    ++state->counts.refused;
    return true;
  }
  state->counts.last_heard = now;
  if (const auto* item = std::get_if<wire::digest>(&content)) on(from, *state, *item, now);
  if (const auto* item = std::get_if<wire::versions>(&content)) on(from, *state, *item, now);
  if (const auto* item = std::get_if<wire::want>(&content)) on(from, *state, *item, now);
  if (auto* item = std::get_if<wire::entries>(&content)) on(from, *state, *item, now);
  if (const auto* item = std::get_if<wire::ack>(&content)) on(from, *state, *item, now);
  return true;
}

void gossip_core::on(const node_id& from, peer_state& state, const wire::digest& content,
                     milliseconds now) {
  if (content.value != store_.content_digest()) return send_versions(from, state, now);
  state.heard = true;
  state.known.clear();
  state.missing.clear();
  state.to_announce.clear();
  for (const auto& item : store_.summaries())
    state.known.emplace(item.log, item);
}

void gossip_core::note_versions(peer_state& state, const wire::versions& content) {
  if (content.whole) {
    state.heard = true;
    state.known.clear();
    state.missing.clear();
  }
  for (const auto& item : content.logs) {
    if (state.known.size() >= logs::max_logs && !state.known.contains(item.log)) {
      ++state.counts.refused;
      return;
    }
    auto& known = state.known.try_emplace(item.log, item).first->second;
    if (item.frozen || (!known.frozen && item.last >= known.last)) known = item;
    recheck(state, item.log);
  }
}

void gossip_core::on(const node_id& from, peer_state& state, const wire::versions& content,
                     milliseconds now) {
  note_versions(state, content);
  if (content.whole) {
    // Tell the peer, too, of what it lacks, unless it was told on this link.
    for (const auto& ours : store_.summaries())
      announce_later(state, ours.log, now);
    announce(from, state);
  }
  ask(from, state, now);
}

void gossip_core::on(const node_id& from, peer_state& state, const wire::ack& content,
                     milliseconds now) {
  const auto ours = store_.summary(content.log);
  // Only what we gave can be acknowledged; more would be an announcement without its tag.
  if (!ours || content.seq > ours->last) return;
  state.holds(content.log, content.seq);
  recheck(state, content.log);
  ask(from, state, now);
}

void gossip_core::tick(milliseconds now) {
  expire_wants(now);
  if (now >= store_pause_until_) store_pause_until_ = {};
  for (auto& [peer, state] : peers_) {
    if (!state->linked || state->banned) continue;
    if (!state->to_announce.empty() && now >= state->announce_at) announce(peer, *state);
    if (state->versions_due) send_versions(peer, *state, now);
    if (now >= state->digest_at) send_digest(peer, *state, now);
  }
  ask_everywhere(now);
}

milliseconds gossip_core::next_tick() const {
  auto next = store_pause_until_.count() > 0 ? store_pause_until_ : milliseconds::max();
  for (const auto& [log, item] : wants_)
    next = std::min(next, item.deadline);
  for (const auto& [peer, state] : peers_) {
    if (!state->linked || state->banned) continue;
    next = std::min(next, state->digest_at);
    if (!state->to_announce.empty()) next = std::min(next, state->announce_at);
    if (state->versions_due) next = std::min(next, state->versions_at);
    for (const auto& [log, until] : state->pauses)
      next = std::min(next, until);
  }
  return next;
}

}  // namespace hearth::gossip
