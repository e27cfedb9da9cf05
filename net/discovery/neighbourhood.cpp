#include "net/discovery/neighbourhood.hpp"

#include <algorithm>

namespace hearth::discovery {

int rank_of(const address& where) {
  const std::string_view host = where.host;
  const bool six = host.find(':') != std::string_view::npos;
  if (host == "::1" || (!six && host.starts_with("127."))) return 3;
  if (host.starts_with("fe80:")) return 2;
  return six ? 1 : 0;
}

/// The node as its sightings show it now; nothing when there are none.
std::optional<event> neighbourhood::view(const node_id& node) const {
  std::optional<event> out;
  for (const auto& [place, each] : sightings_) {
    if (each.who.node != node) continue;
    if (!out) out.emplace();
    out->who = each.who;
    out->addresses.push_back(each.where);
  }
  if (!out) return out;
  auto& all = out->addresses;
  std::sort(all.begin(), all.end(), [](const address& a, const address& b) {
    return std::pair(rank_of(a), a) < std::pair(rank_of(b), b);
  });
  all.erase(std::unique(all.begin(), all.end()), all.end());
  if (all.size() > most_addresses) all.resize(most_addresses);
  return out;
}

std::vector<event> neighbourhood::change(const std::set<node_id>& nodes,
                                         const std::function<void()>& apply) {
  std::map<node_id, std::optional<event>> before;
  for (const auto& node : nodes)
    before[node] = view(node);
  apply();
  std::vector<event> out;
  for (const auto& [node, old] : before) {
    auto now = view(node);
    if (!now && old) {
      out.push_back({event::kind::lost, old->who, {}});
    } else if (now && !old) {
      out.push_back(std::move(*now));
    } else if (now && (now->addresses != old->addresses || now->who.name != old->who.name)) {
      now->what = event::kind::updated;
      out.push_back(std::move(*now));
    }
  }
  return out;
}

std::vector<event> neighbourhood::seen(const std::string& place, const neighbour& who,
                                       const address& where) {
  const auto known = sightings_.find(place);
  if (known == sightings_.end() && sightings_.size() >= most_sightings) return {};
  std::set<node_id> nodes{who.node};
  if (known != sightings_.end()) nodes.insert(known->second.who.node);
  return change(nodes, [&] { sightings_[place] = {who, where, true}; });
}

std::vector<event> neighbourhood::gone(const std::string& place) {
  const auto known = sightings_.find(place);
  if (known == sightings_.end()) return {};
  return change({known->second.who.node}, [&] { sightings_.erase(place); });
}

void neighbourhood::begin_round() {
  for (auto& [place, each] : sightings_)
    each.fresh = false;
}

std::vector<event> neighbourhood::end_round() {
  std::set<node_id> nodes;
  for (const auto& [place, each] : sightings_) {
    if (!each.fresh) nodes.insert(each.who.node);
  }
  return change(nodes, [&] {
    std::erase_if(sightings_, [](const auto& each) { return !each.second.fresh; });
  });
}

}  // namespace hearth::discovery
