#include "node/notes/rewrite.hpp"

#include <algorithm>

namespace hearth::notes {

note_content content_of(const document& source) {
  return {source.history().text(), source.title(), source.tags()};
}

void set_tags(note_operation& operation, const document& target,
              const std::vector<std::string>& wanted) {
  const auto present = target.tags();
  for (const auto& tag : wanted) {
    const bool has = std::find(present.begin(), present.end(), tag) != present.end();
    if (!has) operation.tags_added.push_back(tag);
  }
  for (const auto& tag : present) {
    const bool keep = std::find(wanted.begin(), wanted.end(), tag) != wanted.end();
    if (!keep) operation.tags_removed.push_back({tag, target.additions(tag)});
  }
}

std::vector<note_operation> rewrite(const document& target, std::uint32_t generation,
                                    const note_content& wanted) {
  note_operation first;
  first.generation = generation;
  first.creates = !target.exists();
  first.parents = target.history().heads();
  first.edits = {difference(target.history().text(), wanted.text)};
  first.title = wanted.title;
  set_tags(first, target, wanted.tags);
  const auto added = std::move(first.tags_added);
  first.tags_added.clear();
  std::vector<note_operation> out{std::move(first)};
  for (const auto& tag : added) {
    if (out.back().tags_added.size() == max_tags) {
      out.emplace_back().generation = generation;
    }
    out.back().tags_added.push_back(tag);
  }
  return out;
}

}  // namespace hearth::notes
