// The difference of two texts by lines (Myers 1986, bounded), for people to read.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace hearth::api {

enum class diff_op { equal, insert, remove };

constexpr std::string_view name_of(diff_op op) {
  return op == diff_op::equal ? "equal" : op == diff_op::insert ? "insert" : "delete";
}

struct diff_piece {
  diff_op what;
  std::string text;  // whole lines, with their ends
};

/// Pieces in order: equal and removed ones make up `before`, equal and inserted ones `after`. Texts
/// that differ in more than 2,000 lines are shown as one removal and one insertion in between what
/// they share at both ends.
std::vector<diff_piece> line_diff(std::string_view before, std::string_view after);

}  // namespace hearth::api
