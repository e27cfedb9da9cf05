#include "node/notes/text_graph.hpp"

#include <algorithm>
#include <queue>

#include "node/notes/edited_text.hpp"
#include "node/notes/fork_walk.hpp"

namespace hearth::notes {
namespace {

using journal::operation_id;
using index = std::uint32_t;

/// A fork with more steps than this is not walked: it would hold up everything else for seconds.
constexpr std::uint64_t most_fork_steps = 300'000'000;

/// An upper bound of what walking a fork takes, from the changes alone: every node decides alike.
std::uint64_t steps_of(std::string_view base, const std::vector<fork_change>& changes) {
  std::uint64_t characters = base.size();
  std::uint64_t edits = 0;
  std::uint64_t parents = 0;
  for (const auto& change : changes) {
    parents += change.parents.size() + 1;
    edits += change.edits->size();
    for (const auto& edit : *change.edits)
      characters += edit.ins.size();
  }
  return edits * characters + parents * changes.size();
}

void apply_all(edited_text& text, const std::vector<text_edit>& edits) {
  for (const auto& edit : edits)
    text.apply_leniently(edit);
}

std::string merge_fork(const std::string& base, const std::vector<fork_change>& changes) {
  if (steps_of(base, changes) <= most_fork_steps) return walk_fork(base, changes);
  edited_text out(base);
  for (const auto& change : changes)
    apply_all(out, *change.edits);
  return out.text();
}

struct vertex {
  text_change change;
  std::vector<index> parents;
};

class text_graph final : public text_history {
 public:
  void add(text_change change) override {
    std::vector<text_change> arrived;
    arrived.push_back(std::move(change));
    while (!arrived.empty()) {
      auto next = std::move(arrived.back());
      arrived.pop_back();
      if (const auto missing = missing_parent(next)) {
        waiting_[*missing].push_back(std::move(next));
        continue;
      }
      auto released = waiting_.extract(next.when.id);
      link(std::move(next));
      if (released.empty()) continue;
      for (auto& each : released.mapped())
        arrived.push_back(std::move(each));
    }
  }

  const std::string& text() const override {
    if (forked_) {
      text_ = merged(everything());
    } else if (merged_ < vertices_.size()) {
      edited_text out(text_);
      for (auto i = merged_; i < vertices_.size(); ++i)
        apply_all(out, vertices_[i].change.edits);
      text_ = out.text();
    }
    forked_ = false;
    merged_ = vertices_.size();
    return text_;
  }

  std::string text_with(text_change change) const override {
    text_graph copy(*this);
    copy.add(std::move(change));
    return copy.text();
  }

  std::vector<operation_id> heads() const override {
    std::vector<operation_id> out;
    for (auto head : heads_)
      out.push_back(vertices_[head].change.when.id);
    std::sort(out.begin(), out.end());
    return out;
  }

  result<std::string> text_at(const std::vector<operation_id>& heads) const override {
    auto reached = ancestors(heads);
    if (!reached) return reached.error();
    std::vector<index> subset;
    for (index i = 0; i < vertices_.size(); ++i) {
      if ((*reached)[i]) subset.push_back(i);
    }
    return merged(subset);
  }

  std::vector<const text_change*> changes() const override {
    std::vector<const text_change*> out;
    for (auto i : in_order(everything()))
      out.push_back(&vertices_[i].change);
    return out;
  }

  bool contains(const operation_id& id) const override { return places_.contains(id); }

 private:
  std::optional<operation_id> missing_parent(const text_change& change) const {
    const auto missing =
        std::find_if(change.parents.begin(), change.parents.end(),
                     [this](const operation_id& id) { return !places_.contains(id); });
    if (missing == change.parents.end()) return std::nullopt;
    return *missing;
  }

  void link(text_change change) {
    if (places_.contains(change.when.id)) return;
    vertex added{std::move(change), {}};
    for (const auto& id : added.change.parents)
      added.parents.push_back(places_.at(id));
    std::sort(added.parents.begin(), added.parents.end());
    added.parents.erase(std::unique(added.parents.begin(), added.parents.end()),
                        added.parents.end());
    const auto place = static_cast<index>(vertices_.size());
    forked_ = forked_ || added.parents != heads_;
    places_.emplace(added.change.when.id, place);
    std::erase_if(heads_, [&added](index head) {
      return std::binary_search(added.parents.begin(), added.parents.end(), head);
    });
    heads_.push_back(place);  // the largest, so heads_ stays sorted
    vertices_.push_back(std::move(added));
  }

  std::vector<index> everything() const {
    std::vector<index> out(vertices_.size());
    for (index i = 0; i < out.size(); ++i)
      out[i] = i;
    return out;
  }

  result<std::vector<bool>> ancestors(const std::vector<operation_id>& heads) const {
    std::vector<bool> reached(vertices_.size());
    for (const auto& id : heads) {
      const auto place = places_.find(id);
      if (place == places_.end()) return errc::unknown_version;
      reached[place->second] = true;
    }
    for (auto i = vertices_.size(); i-- > 0;) {  // parents have smaller places
      if (!reached[i]) continue;
      for (auto parent : vertices_[i].parents)
        reached[parent] = true;
    }
    return reached;
  }

  /// A subset that is closed under parents, in the one order that every node computes.
  std::vector<index> in_order(const std::vector<index>& subset) const {
    const auto later = [this](index a, index b) {
      return vertices_[a].change.when > vertices_[b].change.when;
    };
    std::priority_queue<index, std::vector<index>, decltype(later)> ready(later);
    std::vector<std::size_t> missing(vertices_.size());
    std::vector<std::vector<index>> children(vertices_.size());
    for (auto i : subset) {
      missing[i] = vertices_[i].parents.size();
      for (auto parent : vertices_[i].parents)
        children[parent].push_back(i);
      if (missing[i] == 0) ready.push(i);
    }
    std::vector<index> order;
    order.reserve(subset.size());
    while (!ready.empty()) {
      const auto next = ready.top();
      ready.pop();
      order.push_back(next);
      for (auto child : children[next]) {
        if (--missing[child] == 0) ready.push(child);
      }
    }
    return order;
  }

  /// For each place in the order: whether all before it came before it, and all after it descend
  /// from it. Between two such places next to each other a change applies directly.
  std::vector<bool> critical(const std::vector<index>& order) const {
    const auto count = static_cast<std::ptrdiff_t>(order.size());
    std::vector<std::ptrdiff_t> at(vertices_.size(), -1);
    for (std::ptrdiff_t i = 0; i < count; ++i)
      at[order[static_cast<std::size_t>(i)]] = i;
    std::vector<std::ptrdiff_t> least_parent(order.size() + 1, count);
    for (auto i = order.size(); i-- > 0;) {
      std::ptrdiff_t least = vertices_[order[i]].parents.empty() ? -1 : count;
      for (auto parent : vertices_[order[i]].parents)
        least = std::min(least, at[parent]);
      least_parent[i] = std::min(least, least_parent[i + 1]);
    }
    std::vector<bool> out(order.size());
    std::vector<bool> has_child(vertices_.size());
    int open = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      ++open;
      for (auto parent : vertices_[order[i]].parents) {
        if (!has_child[parent]) --open;
        has_child[parent] = true;
      }
      out[i] = open == 1 && least_parent[i + 1] >= static_cast<std::ptrdiff_t>(i);
    }
    return out;
  }

  std::string merged(const std::vector<index>& subset) const {
    const auto order = in_order(subset);
    const auto is_critical = critical(order);
    std::string start;
    std::size_t i = start_from_checkpoint(order, is_critical, start);
    edited_text text(start);
    while (i < order.size()) {
      if (is_critical[i]) {
        apply_all(text, vertices_[order[i++]].change.edits);
        continue;
      }
      auto end = i;
      while (end < order.size() && !is_critical[end])
        ++end;
      const auto base = text.text();
      if (i > 0) checkpoint_ = {order[i - 1], base};
      text = edited_text(merge_fork(base, fork(order, i, end)));
      i = end;
    }
    return text.text();
  }

  /// Sets text to that before the last fork that was walked, when this order has that version too.
  std::size_t start_from_checkpoint(const std::vector<index>& order,
                                    const std::vector<bool>& is_critical, std::string& text) const {
    if (!checkpoint_) return 0;
    for (auto i = order.size(); i-- > 0;) {
      if (order[i] != checkpoint_->first || !is_critical[i]) continue;
      text = checkpoint_->second;
      return i + 1;
    }
    return 0;
  }

  std::vector<fork_change> fork(const std::vector<index>& order, std::size_t begin,
                                std::size_t end) const {
    std::map<index, std::uint32_t> local;
    std::vector<fork_change> out;
    for (auto i = begin; i < end; ++i) {
      fork_change each{&vertices_[order[i]].change.edits, {}};
      for (auto parent : vertices_[order[i]].parents) {
        if (const auto found = local.find(parent); found != local.end()) {
          each.parents.push_back(found->second);
        }
      }
      local.emplace(order[i], static_cast<std::uint32_t>(out.size()));
      out.push_back(std::move(each));
    }
    return out;
  }

  std::vector<vertex> vertices_;
  std::map<operation_id, index> places_;
  std::vector<index> heads_;
  std::map<operation_id, std::vector<text_change>> waiting_;  // by a parent that is not here
  mutable std::string text_;                                  // of the first merged_ changes
  mutable std::size_t merged_ = 0;
  mutable bool forked_ = false;  // one of the others does not follow all before it
  mutable std::optional<std::pair<index, std::string>> checkpoint_;
};

}  // namespace

std::unique_ptr<text_history> make_text_graph() {
  return std::make_unique<text_graph>();
}

}  // namespace hearth::notes
