#include "node/peers/peer_table.hpp"

#include <algorithm>

namespace hearth::peers {

std::string_view state_name(peer_state state) {
  switch (state) {
    case peer_state::connected:
      return "connected";
    case peer_state::connecting:
      return "connecting";
    case peer_state::unreachable:
      return "unreachable";
  }
  return "unreachable";
}

bool peer_table::preferred(const transport::link& link) const {
  return link.outgoing() == (self_ < link.peer());
}

bool peer_table::adopt(const std::shared_ptr<transport::link>& link, const std::string& name,
                       const std::string& found_by, const std::optional<peer_address>& dial_at) {
  auto& entry = nodes_[link->peer()];
  if (entry.link && !entry.link->closed()) {
    if (preferred(*entry.link) && !preferred(*link)) return false;
    entry.link->close();
  }
  entry.link = link;
  entry.name = name;
  entry.why.clear();
  if (entry.found_by.empty() || found_by != "incoming") entry.found_by = found_by;
  if (dial_at) entry.dial_at = dial_at;
  std::lock_guard lock(mutex_);
  names_[link->peer()] = name;
  located_[link->peer()] = entry.dial_at;
  return true;
}

bool peer_table::drop(const std::shared_ptr<transport::link>& link, const std::string& why) {
  const auto found = nodes_.find(link->peer());
  if (found == nodes_.end() || found->second.link != link) return false;
  found->second.link.reset();
  found->second.rtt.reset();
  found->second.why = why;
  std::lock_guard lock(mutex_);
  located_.erase(link->peer());
  return true;
}

void peer_table::note_place(const peer_address& at, place what) {
  places_[at] = std::move(what);
}

void peer_table::note_found(const node_id& id, const std::string& name, const peer_address& at) {
  auto& entry = nodes_[id];
  if (entry.link) return;
  entry.name = name;
  entry.found_by = "mdns";
  entry.dial_at = at;
  std::lock_guard lock(mutex_);
  names_[id] = name;
}

void peer_table::set_rtt(const node_id& id, milliseconds rtt) {
  if (const auto found = nodes_.find(id); found != nodes_.end()) found->second.rtt = rtt;
}

void peer_table::set_why(const node_id& id, std::string why) {
  if (const auto found = nodes_.find(id); found != nodes_.end()) found->second.why = std::move(why);
}

std::shared_ptr<transport::link> peer_table::link_of(const node_id& id) const {
  const auto found = nodes_.find(id);
  return found == nodes_.end() ? nullptr : found->second.link;
}

std::vector<std::shared_ptr<transport::link>> peer_table::links() const {
  std::vector<std::shared_ptr<transport::link>> out;
  for (const auto& [id, entry] : nodes_) {
    if (entry.link) out.push_back(entry.link);
  }
  return out;
}

std::string peer_table::name_of(const node_id& id) const {
  std::lock_guard lock(mutex_);
  const auto found = names_.find(id);
  return found == names_.end() || found->second.empty() ? id.words() : found->second;
}

std::vector<peer_facts> peer_table::facts() const {
  std::vector<peer_facts> out;
  std::set<peer_address> shown;
  for (const auto& [id, entry] : nodes_) {
    peer_facts each;
    each.id = id;
    each.name = entry.name;
    each.found_by = entry.found_by;
    each.rtt = entry.rtt;
    each.why = entry.why;
    each.state = entry.link          ? peer_state::connected
                 : entry.why.empty() ? peer_state::connecting
                                     : peer_state::unreachable;
    if (entry.dial_at) {
      each.address = entry.dial_at->text();
      shown.insert(*entry.dial_at);
    } else if (entry.link) {
      each.address = entry.link->remote_address().address().to_string();
    }
    out.push_back(std::move(each));
  }
  for (const auto& [at, what] : places_) {
    if (shown.contains(at) || (what.answered_by && nodes_.contains(*what.answered_by))) continue;
    peer_facts each;
    each.id = what.answered_by;
    each.address = at.text();
    each.found_by = what.found_by;
    each.why = what.why;
    each.state = what.why.empty() ? peer_state::connecting : peer_state::unreachable;
    out.push_back(std::move(each));
  }
  return out;
}

std::optional<peer_address> peer_table::locate(const node_id& id) const {
  std::lock_guard lock(mutex_);
  const auto found = located_.find(id);
  return found == located_.end() ? std::nullopt : found->second;
}

bool peer_table::is_linked(const node_id& id) const {
  std::lock_guard lock(mutex_);
  return located_.contains(id);
}

}  // namespace hearth::peers
