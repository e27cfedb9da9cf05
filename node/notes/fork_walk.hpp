// Merges the changes of one fork: from a text that all of them descend from, to the text that has
// all of them. Used by text_graph only.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "node/notes/text_graph.hpp"

namespace hearth::notes {

/// One change of the fork. `parents` are places in the same list, all before this one; a change
/// whose parents all lie before the fork has none here.
struct fork_change {
  const std::vector<text_edit>* edits = nullptr;
  std::vector<std::uint32_t> parents;
};

/// Applies the changes in the given order, which respects parents. A position past the end of what
/// its author saw counts as the end.
std::string walk_fork(std::string_view base, const std::vector<fork_change>& changes);

}  // namespace hearth::notes
