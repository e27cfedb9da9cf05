// Nodes with real stores in memory and real gossip cores, linked by a network that loses nothing.
// Messages pass through encode and decode, as they would on a wire.
#pragma once
#include <map>

#include "log_fixture.hpp"
#include "net/gossip/gossip_core.hpp"
#include "net/gossip/shared_entries.hpp"

namespace hearth::gossip {

struct mesh_node {
  explicit mesh_node(std::uint64_t seed, limits allowed = {})
      : node(seed), entries(*node.store), core(entries, node.random, allowed) {}

  const node_id& id() const { return node.key.id(); }
  logs::digest digest() const { return node.store->content_digest(); }
  /// What this node says about another.
  peer_status about(const mesh_node& other) const {
    for (auto& item : core.status()) {
      if (item.peer == other.id()) return item;
    }
    return {};
  }

  logs::memory_node node;
  shared_entries entries;
  gossip_core core;
  std::vector<event> events;
  std::size_t arrived = 0;

  template <class Event>
  std::size_t count() const {
    std::size_t out = 0;
    for (const auto& item : events)
      out += std::holds_alternative<Event>(item) ? 1 : 0;
    return out;
  }
};

class mesh {
 public:
  mesh_node& add(limits allowed = {}) {
    nodes_.push_back(std::make_unique<mesh_node>(nodes_.size() + 1, allowed));
    return *nodes_.back();
  }

  void link(mesh_node& a, mesh_node& b) {
    a.core.link_up(b.id(), now);
    b.core.link_up(a.id(), now);
    settle();
  }

  void cut(mesh_node& a, mesh_node& b) {
    a.core.link_down(b.id(), now);
    b.core.link_down(a.id(), now);
  }

  void append(mesh_node& at, std::string_view text) {
    at.node.append(text);
    at.core.appended(now);
  }

  /// Delivers all there is to deliver, without letting time pass.
  void settle() {
    for (bool busy = true; busy;) {
      busy = false;
      for (auto& from : nodes_) {
        collect(*from);
        for (auto& item : from->core.take_outbox()) {
          busy = true;
          deliver(*from, item);
        }
      }
    }
  }

  void pass(milliseconds span) {
    const auto end = now + span;
    while (now < end) {
      now += milliseconds(10);
      for (auto& each : nodes_)
        each->core.tick(now);
      settle();
    }
  }

  bool in_step() const {
    for (const auto& each : nodes_) {
      if (each->digest() != nodes_.front()->digest()) return false;
    }
    return true;
  }

  milliseconds now{1'000'000};
  std::size_t bytes_moved = 0;
  std::map<std::size_t, std::size_t> sent;  // messages by index of their kind
  template <class Message>
  std::size_t sent_of() const {
    const auto found = sent.find(wire::message(Message{}).index());
    return found == sent.end() ? 0 : found->second;
  }

 private:
  void collect(mesh_node& node) {
    for (auto& item : node.core.take_events()) {
      if (const auto* news = std::get_if<entries_arrived>(&item)) {
        node.arrived += news->entries.size();
      }
      node.events.push_back(std::move(item));
    }
  }

  void deliver(mesh_node& from, const outgoing& item) {
    const auto frame = wire::encode_frame(item.content);
    bytes_moved += frame.size();
    ++sent[item.content.index()];
    for (auto& to : nodes_) {
      if (to->id() != item.peer) continue;
      auto content = wire::decode_frame(frame);
      to->core.receive(from.id(), std::move(*content), now);
      collect(*to);
    }
  }

  std::vector<std::unique_ptr<mesh_node>> nodes_;
};

}  // namespace hearth::gossip
