// Runs asked for, given and taken.
#include <algorithm>

#include "net/gossip/gossip_core.hpp"
#include "net/gossip/peer_state.hpp"

namespace hearth::gossip {
namespace {

std::size_t cost_of(const logs::shared_run& run) {
  std::size_t cost = 0;
  for (const auto& item : run.entries)
    cost += item.cost();
  return cost;
}

/// Errors that only a peer that breaks the rules, or relays what it did not check, can cause.
bool is_misbehaviour(error_code why) {
  return why == logs::errc::bad_signature || why == logs::errc::broken_chain ||
         why == logs::errc::malformed || why == logs::errc::too_large;
}

}  // namespace

void gossip_core::recheck(peer_state& state, const logs::log_key& log) {
  const auto theirs = state.known.find(log);
  bool check_fork = false;
  const bool helps = theirs != state.known.end() &&
                     wanted_from(theirs->second, store_.summary(log), check_fork).value != 0 &&
                     !(check_fork && state.fork_checked.contains(log));
  if (helps) {
    state.missing.insert(log);
  } else {
    state.missing.erase(log);
  }
}

void gossip_core::recheck_everywhere(const logs::log_key& log) {
  for (auto& [peer, state] : peers_) {
    if (state->linked) recheck(*state, log);
  }
}

void gossip_core::ask_everywhere(milliseconds now) {
  for (auto& [peer, state] : peers_) {
    if (state->linked && !state->banned) ask(peer, *state, now);
  }
}

void gossip_core::ask(const node_id& peer, peer_state& state, milliseconds now) {
  if (now < store_pause_until_) return;
  std::erase_if(state.pauses, [now](const auto& item) { return item.second <= now; });
  wire::want content;
  for (const auto& log : state.missing) {
    if (state.wants >= allowed_.wants_in_flight) break;
    if (wants_.contains(log) || state.pauses.contains(log)) continue;
    bool check_fork = false;
    const auto from = wanted_from(state.known.at(log), store_.summary(log), check_fork);
    if (from.value == 0 || (check_fork && state.fork_checked.contains(log))) continue;
    if (check_fork) state.fork_checked.insert(log);
    wants_.emplace(log, want_in_flight{peer, from, now + allowed_.want_timeout});
    ++state.wants;
    content.items.push_back({log, from});
  }
  if (!content.items.empty()) send(peer, std::move(content));
}

std::optional<logs::seq_no> gossip_core::end_want(const node_id& peer, peer_state& state,
                                                  const logs::log_key& log) {
  const auto found = wants_.find(log);
  if (found == wants_.end() || found->second.peer != peer) return std::nullopt;
  const auto from = found->second.from;
  wants_.erase(found);
  --state.wants;
  return from;
}

void gossip_core::expire_wants(milliseconds now) {
  for (auto at = wants_.begin(); at != wants_.end();) {
    if (now < at->second.deadline) {
      ++at;
      continue;
    }
    if (auto* state = linked(at->second.peer)) {
      --state->wants;
      state->pauses[at->first] = now + allowed_.retry_pause;
      state->fork_checked.erase(at->first);
    }
    at = wants_.erase(at);
  }
}

void gossip_core::on(const node_id& from, peer_state& state, const wire::want& content,
                     milliseconds now) {
  // An honest peer never asks for more at a time than the limit; twice that allows for lost
  // answers.
  std::size_t allowed = 2 * allowed_.wants_in_flight;
  for (const auto& item : content.items) {
    if (allowed-- == 0) {
      ++state.counts.refused;
      return;
    }
    serve(from, state, item, now);
  }
}

void gossip_core::serve(const node_id& to, peer_state& state, const wire::want_item& item,
                        milliseconds now) {
  const auto ours = store_.summary(item.log);
  if (!ours) return;
  if (!ours->frozen || item.from < ours->last) {
    send_run(to, state, store_.read_run(item.log, item.from, allowed_.piece_bytes), now);
    return;
  }
  // Both histories of a frozen log: whichever the peer lacks proves to it what the author did.
  const logs::seq_no before_fork{std::max<std::uint64_t>(1, ours->last.value - 1)};
  send_run(to, state, store_.read_run(item.log, before_fork, allowed_.piece_bytes), now);
  send_run(to, state, store_.read_evidence(item.log), now);
}

bool gossip_core::send_run(const node_id& to, peer_state& state, result<logs::shared_run> run,
                           milliseconds now) {
  if (!run) return false;  // the log ends before what was asked for: the peer waits or asks others
  if (!state.bytes_out.take(static_cast<double>(cost_of(*run)), now)) {
    ++state.counts.refused;
    return false;
  }
  state.counts.sent += run->entries.size();
  auto& told = state.told[run->log];
  told = std::max(told, run->entries.back().header.seq);
  send(to, wire::entries{std::move(*run), true});
  return true;
}

void gossip_core::on(const node_id& from, peer_state& state, wire::entries& content,
                     milliseconds now) {
  const auto log = content.run.log;
  if (content.run.entries.empty()) return;  // a decoded frame never is
  const auto first = content.run.entries.front().header.seq;
  const auto last = content.run.entries.back().header.seq;
  const auto cost = cost_of(content.run);
  const auto asked_for =
      content.answer ? end_want(from, state, log) : std::optional<logs::seq_no>{};
  const auto limit = asked_for || (content.answer && state.fork_checked.contains(log))
                         ? logs::max_run_bytes
                         : allowed_.push_bytes + allowed_.push_bytes / 2;
  if (cost > limit || !state.bytes_in.take(static_cast<double>(cost), now)) {
    ++state.counts.refused;
    return ask(from, state, now);
  }
  // An answer that does not reach what was asked for must not be asked for again at once.
  const bool useless = asked_for && (last < *asked_for || first > *asked_for);
  if (useless) state.pauses[log] = now + allowed_.retry_pause;
  auto outcome = store_.ingest(std::move(content.run));
  const bool holds =
      outcome || outcome.error() == logs::errc::gap;  // checked before the gap is seen
  if (holds) state.holds(log, last);
  if (!outcome) return take_failure(from, state, log, outcome.error(), now);
  take_outcome(from, state, log, std::move(*outcome), now);
}

void gossip_core::take_outcome(const node_id& from, peer_state& state, const logs::log_key& log,
                               logs::ingest_outcome outcome, milliseconds now) {
  state.counts.received += outcome.stored.size();
  state.counts.known_already += outcome.known;
  const auto ours = store_.summary(log);
  if (ours) send(from, wire::ack{log, ours->last});
  if (!outcome.stored.empty()) {
    if (outcome.own_log_restored) events_.push_back(own_log_restored{log});
    events_.push_back(entries_arrived{from, std::move(outcome.stored)});
    recheck_everywhere(log);
    spread(log, now);
  } else {
    recheck(state, log);
  }
  ask_everywhere(now);
}

void gossip_core::take_failure(const node_id& from, peer_state& state, const logs::log_key& log,
                               error_code why, milliseconds now) {
  if (is_misbehaviour(why)) {
    state.banned = true;
    state.forget_link();
    std::erase_if(wants_, [&from](const auto& item) { return item.second.peer == from; });
    send(from, wire::bye{why.message()});
    events_.push_back(peer_misbehaved{from, why});
    return ask_everywhere(now);
  }
  if (why == logs::errc::forked) {
    events_.push_back(log_frozen{store_.summary(log).value_or(logs::log_summary{log}), from});
    recheck_everywhere(log);
    spread(log, now);
  } else if (why == logs::errc::too_many) {
    ++state.counts.refused;
    state.pauses[log] = now + allowed_.want_timeout;
  } else if (why != logs::errc::gap && why != logs::errc::frozen) {
    store_pause_until_ = now + allowed_.retry_pause;
    events_.push_back(store_failed{why});
    return;
  }
  recheck(state, log);
  ask(from, state, now);
}

}  // namespace hearth::gossip
