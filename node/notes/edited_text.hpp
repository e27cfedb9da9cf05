// A text under edits: holds pieces of it rather than the whole, so that many edits cost little more
// than one. Positions count code points.
#pragma once
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "node/notes/text_graph.hpp"

namespace hearth::notes {

class edited_text {
 public:
  explicit edited_text(std::string_view utf8);
  edited_text(edited_text&&) = default;
  edited_text& operator=(edited_text&&) = default;

  /// Says whether the edit lies within the text; one that does not is not applied.
  bool apply(const text_edit& edit);
  /// Takes what reaches past the end as the end.
  void apply_leniently(const text_edit& edit);

  std::string text() const;

 private:
  /// The index of the piece that begins at pos; splits one if needed.
  std::size_t cut(std::size_t pos);
  void replace(std::size_t pos, std::size_t del, std::string_view ins);
  std::u32string joined() const;

  std::deque<std::u32string> sources_;       // a deque: they stay where they are
  std::vector<std::u32string_view> pieces_;  // of sources_
  std::size_t size_;
};

}  // namespace hearth::notes
