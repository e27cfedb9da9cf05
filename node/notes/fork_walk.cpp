#include "node/notes/fork_walk.hpp"

#include "node/notes/code_points.hpp"

namespace hearth::notes {
namespace {

constexpr std::uint32_t from_base = 0xffffffff;

/// A character that was ever in the text: who put it there, and who took it away.
struct cell {
  char32_t point;
  std::uint32_t inserted_by;
  std::uint32_t deletions;  // index into walk::deletions_; 0: nobody
};

/// Which changes of the fork one change descends from, itself included.
using ancestry = std::vector<bool>;

class walk {
 public:
  walk(std::string_view base, const std::vector<fork_change>& changes) : changes_(changes) {
    for (char32_t point : to_code_points(base))
      cells_.push_back({point, from_base, 0});
  }

  std::string run() {
    for (std::uint32_t i = 0; i < changes_.size(); ++i) {
      seen_.push_back(ancestry_of(i));
      for (const auto& edit : *changes_[i].edits)
        apply(i, edit);
    }
    std::u32string out;
    for (const auto& each : cells_) {
      if (each.deletions == 0) out.push_back(each.point);
    }
    return to_utf8(out);
  }

 private:
  ancestry ancestry_of(std::uint32_t change) const {
    ancestry out(changes_.size());
    for (auto parent : changes_[change].parents) {
      for (std::size_t k = 0; k <= parent; ++k) {
        if (seen_[parent][k]) out[k] = true;
      }
    }
    out[change] = true;
    return out;
  }

  bool visible(const cell& each, const ancestry& seen) const {
    if (each.inserted_by != from_base && !seen[each.inserted_by]) return false;
    for (auto change : deletions_[each.deletions]) {
      if (seen[change]) return false;
    }
    return true;
  }

  void remove(cell& each, std::uint32_t change) {
    if (each.deletions == 0) {
      each.deletions = static_cast<std::uint32_t>(deletions_.size());
      deletions_.emplace_back();
    }
    deletions_[each.deletions].push_back(change);
  }

  void apply(std::uint32_t change, const text_edit& edit) {
    const auto& seen = seen_[change];
    std::size_t at = 0;
    for (auto left = edit.pos; left > 0 && at < cells_.size(); ++at) {
      if (visible(cells_[at], seen)) --left;
    }
    auto left = edit.del;
    for (auto k = at; left > 0 && k < cells_.size(); ++k) {
      if (!visible(cells_[k], seen)) continue;
      remove(cells_[k], change);
      --left;
    }
    std::vector<cell> added;
    for (char32_t point : to_code_points(edit.ins))
      added.push_back({point, change, 0});
    cells_.insert(cells_.begin() + static_cast<std::ptrdiff_t>(at), added.begin(), added.end());
  }

  const std::vector<fork_change>& changes_;
  std::vector<cell> cells_;
  std::vector<ancestry> seen_;
  std::vector<std::vector<std::uint32_t>> deletions_{{}};  // the first stands for "nobody"
};

}  // namespace

std::string walk_fork(std::string_view base, const std::vector<fork_change>& changes) {
  return walk(base, changes).run();
}

}  // namespace hearth::notes
