#include "network.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>

namespace hearth::sim {
namespace {

constexpr milliseconds tick_every{20};
constexpr milliseconds start_of_time{1'800'000'000'000};

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace

std::vector<std::uint64_t> seeds(std::size_t usual_count) {
  if (const auto only = number_from("HEARTH_SIM_SEED", 0); only != 0) return {only};
  std::vector<std::uint64_t> out;
  const auto count = number_from("HEARTH_SIM_RUNS", usual_count);
  for (std::uint64_t seed = 1; seed <= count; ++seed)
    out.push_back(seed);
  return out;
}

network::network(std::uint64_t seed, std::size_t nodes, faults with)
    : engine_(seed), faults_(with) {
  BOOST_TEST_MESSAGE("seed " << seed << ", " << nodes << " nodes");
  for (std::size_t i = 0; i < nodes; ++i) {
    nodes_.push_back(std::make_unique<participant>(engine_()));
    auto& each = *nodes_.back();
    each.skew = milliseconds(pick(10'000));
    index_.emplace(each.node.key.id(), i);
    start_core(each);
  }
  step_to(milliseconds(0));
}

bool network::chance(double probability) {
  return std::uniform_real_distribution<double>(0, 1)(engine_) < probability;
}

void network::start_core(participant& each) {
  each.core = std::make_unique<gossip::gossip_core>(each.entries, each.node.random);
}

void network::link(std::size_t a, std::size_t b) {
  if (a == b || linked(a, b)) return;
  links_[ordered(a, b)] = next_link_++;
  nodes_[a]->core->link_up(nodes_[b]->node.key.id(), now_);
  nodes_[b]->core->link_up(nodes_[a]->node.key.id(), now_);
  collect(a);
  collect(b);
}

void network::cut(std::size_t a, std::size_t b) {
  if (links_.erase(ordered(a, b)) == 0) return;
  nodes_[a]->core->link_down(nodes_[b]->node.key.id(), now_);
  nodes_[b]->core->link_down(nodes_[a]->node.key.id(), now_);
  collect(a);
  collect(b);
}

void network::shape(const std::function<bool(std::size_t, std::size_t)>& joined) {
  for (std::size_t a = 0; a < size(); ++a) {
    for (std::size_t b = a + 1; b < size(); ++b) {
      if (joined(a, b)) {
        link(a, b);
      } else {
        cut(a, b);
      }
    }
  }
}

void network::full_mesh() {
  shape([](std::size_t, std::size_t) { return true; });
}

void network::append(std::size_t node, std::size_t size_bytes) {
  auto& each = *nodes_[node];
  bytes payload(size_bytes);
  for (auto& byte : payload)
    byte = static_cast<std::uint8_t>(engine_());
  BOOST_REQUIRE(each.node.store->append(1, std::move(payload)).has_value());
  ++entries_appended_;
  bytes_appended_ += size_bytes;
  each.core->appended(now_);
  collect(node);
}

void network::restart(std::size_t node) {
  for (std::size_t other = 0; other < size(); ++other)
    cut(node, other);
  start_core(*nodes_[node]);
}

void network::collect(std::size_t node) {
  for (const auto& item : nodes_[node]->core->take_events()) {
    if (const auto* news = std::get_if<gossip::entries_arrived>(&item)) {
      entries_arrived_ += news->entries.size();
    } else {
      ++alarms_;
    }
  }
  for (const auto& item : nodes_[node]->core->take_outbox()) {
    send(node, index_.at(item.peer), wire::encode_frame(item.content));
  }
}

void network::send(std::size_t from, std::size_t to, bytes frame) {
  const auto link = links_.find(ordered(from, to));
  if (link == links_.end()) return;
  bytes_moved_ += frame.size();
  const int copies = chance(faults_.loss) ? 0 : chance(faults_.duplication) ? 2 : 1;
  const auto span =
      static_cast<std::size_t>((faults_.delay_most - faults_.delay_least).count() + 1);
  for (int i = 0; i < copies; ++i) {
    const auto at = now_ + faults_.delay_least + milliseconds(pick(span));
    in_flight_.push({at, next_order_++, from, to, link->second, frame});
  }
}

void network::deliver(const delivery& item) {
  const auto link = links_.find(ordered(item.from, item.to));
  if (link == links_.end() || link->second != item.link) return;
  auto content = wire::decode_frame(item.frame);
  BOOST_REQUIRE(content.has_value());
  auto& to = *nodes_[item.to];
  to.core->receive(nodes_[item.from]->node.key.id(), std::move(*content), now_);
  collect(item.to);
}

void network::step_to(milliseconds at) {
  now_ = at;
  for (auto& each : nodes_)
    each->node.time.now = start_of_time + now_ + each->skew;
}

void network::run_for(milliseconds span) {
  const auto end = now_ + span;
  while (now_ < end) {
    if (!in_flight_.empty() && in_flight_.top().at < std::min(next_tick_, end)) {
      const auto item = in_flight_.top();
      in_flight_.pop();
      step_to(item.at);
      deliver(item);
      continue;
    }
    step_to(std::min(next_tick_, end));
    if (now_ < next_tick_) break;
    next_tick_ = now_ + tick_every;
    for (std::size_t i = 0; i < size(); ++i) {
      nodes_[i]->core->tick(now_);
      collect(i);
    }
  }
}

bool network::converges_within(milliseconds limit) {
  const auto end = now_ + limit;
  while (now_ < end) {
    if (all_equal()) return true;
    run_for(milliseconds(100));
  }
  return all_equal();
}

bool network::all_equal() const {
  for (const auto& each : nodes_) {
    if (each->node.store->content_digest() != nodes_[0]->node.store->content_digest()) return false;
  }
  return true;
}

}  // namespace hearth::sim
