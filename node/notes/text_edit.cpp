#include <algorithm>

#include "node/notes/code_points.hpp"
#include "node/notes/edited_text.hpp"

namespace hearth::notes {
result<std::string> apply_edits(std::string_view text, const std::vector<text_edit>& edits) {
  edited_text out(text);
  for (const auto& edit : edits) {
    if (!out.apply(edit)) return errc::bad_position;
  }
  return out.text();
}

text_edit difference(std::string_view from, std::string_view to) {
  const auto before = to_code_points(from);
  const auto after = to_code_points(to);
  const auto shorter = std::min(before.size(), after.size());
  std::size_t head = 0;
  while (head < shorter && before[head] == after[head])
    ++head;
  std::size_t tail = 0;
  while (tail < shorter - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  return {head, before.size() - head - tail,
          to_utf8(std::u32string_view(after).substr(head, after.size() - head - tail))};
}

}  // namespace hearth::notes
