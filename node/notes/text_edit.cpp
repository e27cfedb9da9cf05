#include <algorithm>

#include "node/notes/code_points.hpp"
#include "node/notes/text_graph.hpp"

namespace hearth::notes {
namespace {

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

/// Byte offset of the code point that is `count` after `from`; text.size() + 1 when there is none.
std::size_t advance(std::string_view text, std::size_t from, std::uint64_t count) {
  std::size_t at = from;
  while (count > 0) {
    if (at >= text.size()) return text.size() + 1;
    ++at;
    while (at < text.size() && continues(text[at]))
      ++at;
    --count;
  }
  return at;
}

}  // namespace

result<std::string> apply_edits(std::string_view text, const std::vector<text_edit>& edits) {
  std::string out(text);
  for (const auto& edit : edits) {
    const auto begin = advance(out, 0, edit.pos);
    if (begin > out.size()) return errc::bad_position;
    const auto end = advance(out, begin, edit.del);
    if (end > out.size()) return errc::bad_position;
    out.replace(begin, end - begin, edit.ins);
  }
  return out;
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
