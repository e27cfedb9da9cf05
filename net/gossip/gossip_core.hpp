// How nodes come to hold the same shared logs. Sans-I/O: no socket, clock, timer or thread here.
// Links, messages and the time go in; messages (take_outbox) and events (take_events) come out.
// Protocol: docs/protocols/gossip.md.
//
// On contact each side sends a digest; where they differ, the whole version vectors; then exactly
// the missing runs are asked for in pieces, as many at a time as the limits allow. New entries are
// pushed at once if small, else announced. What came from one peer is announced to the others that
// do not seem to have it. Behind all this a digest goes to every peer now and then, since messages
// get lost.
//
// Threads: not thread-safe; one strand, on which the store's calls may block. `now` is any clock
// that never goes back. After every call, drain the outbox and the events. A failing store is an
// event.
#pragma once
#include <memory>
#include <unordered_map>

#include "net/gossip/entry_store.hpp"
#include "net/gossip/events.hpp"
#include "net/gossip/limits.hpp"
#include "store/base/random.hpp"

namespace hearth::gossip {

struct peer_state;

class gossip_core {
 public:
  /// The store and the random source must outlive the core.
  gossip_core(entry_store& store, random_source& random, limits allowed = {});
  ~gossip_core();

  /// An authenticated link with a member stands (hello was exchanged).
  void link_up(const node_id& peer, milliseconds now);
  void link_down(const node_id& peer, milliseconds now);
  /// A message of a linked peer. False when it is of a kind that gossip has no part in.
  bool receive(const node_id& from, wire::message content, milliseconds now);
  /// This node appended to its own shared log.
  void appended(milliseconds now);
  /// Call when next_tick() is reached, or some ten times a second.
  void tick(milliseconds now);
  milliseconds next_tick() const;

  std::vector<outgoing> take_outbox() { return std::exchange(outbox_, {}); }
  std::vector<event> take_events() { return std::exchange(events_, {}); }

  /// All peers that were ever linked (at most limits::remembered_peers), linked or not.
  std::vector<peer_status> status() const;

 private:
  using peers = std::unordered_map<node_id, std::unique_ptr<peer_state>>;
  struct want_in_flight {
    node_id peer;
    logs::seq_no from;
    milliseconds deadline;
  };

  // gossip_core.cpp: contact and comparison
  peer_state* linked(const node_id& peer);
  void send(const node_id& peer, wire::message content);
  void send_digest(const node_id& peer, peer_state& state, milliseconds now);
  void send_versions(const node_id& peer, peer_state& state, milliseconds now);
  void on(const node_id& from, peer_state& state, const wire::digest& content, milliseconds now);
  void on(const node_id& from, peer_state& state, const wire::versions& content, milliseconds now);
  void on(const node_id& from, peer_state& state, const wire::ack& content, milliseconds now);
  void note_versions(peer_state& state, const wire::versions& content);
  void forget_oldest();

  // fetch.cpp: runs asked for, given and taken
  void on(const node_id& from, peer_state& state, const wire::want& content, milliseconds now);
  void on(const node_id& from, peer_state& state, wire::entries& content, milliseconds now);
  void serve(const node_id& to, peer_state& state, const wire::want_item& item, milliseconds now);
  bool send_run(const node_id& to, peer_state& state, result<logs::shared_run> run,
                milliseconds now);
  void take_outcome(const node_id& from, peer_state& state, const logs::log_key& log,
                    logs::ingest_outcome outcome, milliseconds now);
  void take_failure(const node_id& from, peer_state& state, const logs::log_key& log,
                    error_code why, milliseconds now);
  void recheck(peer_state& state, const logs::log_key& log);
  void recheck_everywhere(const logs::log_key& log);
  void ask(const node_id& peer, peer_state& state, milliseconds now);
  void ask_everywhere(milliseconds now);
  /// What was asked for, if the peer was asked for this log.
  std::optional<logs::seq_no> end_want(const node_id& peer, peer_state& state,
                                       const logs::log_key& log);
  void expire_wants(milliseconds now);

  // announce.cpp: news
  void spread(const logs::log_key& log, milliseconds now);
  void announce_later(peer_state& state, const logs::log_key& log, milliseconds at);
  void announce(const node_id& peer, peer_state& state);
  bool push(const node_id& peer, peer_state& state, const logs::shared_run& news);

  milliseconds about(milliseconds span);
  peer_status status_of(const node_id& peer, const peer_state& state,
                        const std::vector<logs::log_summary>& ours) const;

  entry_store& store_;
  random_source& random_;
  limits allowed_;
  peers peers_;
  std::map<logs::log_key, want_in_flight> wants_;  // one a log, whoever was asked
  logs::log_key own_log_;
  logs::seq_no own_seen_;  // of own_log_, what the peers were told of
  milliseconds store_pause_until_{0};
  std::vector<outgoing> outbox_;
  std::vector<event> events_;
};

}  // namespace hearth::gossip
