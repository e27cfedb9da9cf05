// The operations that make one form of a note look like another: for sharing and for making
// private again.
#pragma once
#include <string>
#include <vector>

#include "node/notes/note_view.hpp"

namespace hearth::notes {

/// What a person sees of a note.
struct note_content {
  std::string text;
  std::string title;
  std::vector<std::string> tags;
};

note_content content_of(const document& source);

/// Sets the tags of an operation so that the document ends with exactly these.
void set_tags(note_operation& operation, const document& target,
              const std::vector<std::string>& wanted);

/// In this order. The first is made against the target's newest version, each other one against the
/// one before: merging may have left more tags than one operation can add.
std::vector<note_operation> rewrite(const document& target, std::uint32_t generation,
                                    const note_content& wanted);

}  // namespace hearth::notes
