#include "node/api/text_diff.hpp"

#include <algorithm>

namespace hearth::api {
namespace {

constexpr int most_changes = 2000;

using lines = std::vector<std::string_view>;

lines split(std::string_view text) {
  lines out;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto length = end == std::string_view::npos ? text.size() : end + 1;
    out.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return out;
}

void add(std::vector<diff_piece>& out, diff_op what, std::string_view text) {
  if (out.empty() || out.back().what != what) out.push_back({what, {}});
  out.back().text += text;
}

/// The shortest edit script between two lists of lines, as steps in reverse; empty when it is
/// longer than most_changes.
std::vector<diff_op> shortest_script(const lines& a, const lines& b) {
  const int n = static_cast<int>(a.size());
  const int m = static_cast<int>(b.size());
  const int most = std::min(n + m, most_changes);
  std::vector<int> furthest(static_cast<std::size_t>(2 * most + 3), 0);
  const auto at = [&](int k) -> int& { return furthest[static_cast<std::size_t>(k + most + 1)]; };
  std::vector<std::vector<int>> trace;
  for (int d = 0; d <= most; ++d) {
    trace.push_back(furthest);
    for (int k = -d; k <= d; k += 2) {
      const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
      int x = down ? at(k + 1) : at(k - 1) + 1;
      while (x < n && x - k < m &&
             a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(x - k)]) {
        ++x;
      }
      at(k) = x;
      if (x < n || x - k < m) continue;
      std::vector<diff_op> script;
      for (int step = d, px = n, py = m; step >= 0; --step) {
        const auto& before = trace[static_cast<std::size_t>(step)];
        const auto old = [&](int q) { return before[static_cast<std::size_t>(q + most + 1)]; };
        const int q = px - py;
        const bool came_down = q == -step || (q != step && old(q - 1) < old(q + 1));
        const int from_k = came_down ? q + 1 : q - 1;
        const int from_x = step == 0 ? 0 : old(from_k);
        const int from_y = step == 0 ? 0 : from_x - from_k;
        while (px > from_x && py > from_y) {
          script.push_back(diff_op::equal);
          --px;
          --py;
        }
        if (step > 0) script.push_back(came_down ? diff_op::insert : diff_op::remove);
        px = from_x;
        py = from_y;
      }
      return script;
    }
  }
  return {};
}

}  // namespace

std::vector<diff_piece> line_diff(std::string_view before, std::string_view after) {
  auto a = split(before);
  auto b = split(after);
  std::vector<diff_piece> out;
  std::size_t head = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) {
    add(out, diff_op::equal, a[head++]);
  }
  std::size_t tail = 0;
  while (tail < std::min(a.size(), b.size()) - head &&
         a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) {
    ++tail;
  }
  const lines middle_a(a.begin() + static_cast<std::ptrdiff_t>(head),
                       a.end() - static_cast<std::ptrdiff_t>(tail));
  const lines middle_b(b.begin() + static_cast<std::ptrdiff_t>(head),
                       b.end() - static_cast<std::ptrdiff_t>(tail));
  auto script = shortest_script(middle_a, middle_b);
  if (script.empty()) {
    script.assign(middle_b.size(), diff_op::insert);
    script.insert(script.end(), middle_a.size(), diff_op::remove);
  }
  std::size_t i = 0;
  std::size_t j = 0;
  for (auto step = script.rbegin(); step != script.rend(); ++step) {
    add(out, *step, *step == diff_op::insert ? middle_b[j] : middle_a[i]);
    if (*step != diff_op::insert) ++i;
    if (*step != diff_op::remove) ++j;
  }
  for (auto k = a.size() - tail; k < a.size(); ++k)
    add(out, diff_op::equal, a[k]);
  return out;
}

}  // namespace hearth::api
