// The text of one note as a graph of edits. Every edit names the versions that it was made against
// (its parents), so edits made apart can be merged: the text is a function of the set of edits
// alone, whatever order they arrived in. Not thread-safe.
//
// Merge: edits are put in one order that respects parents (ties by stamp). While each follows the
// one before, it is applied directly. From a fork on, each character remembers who inserted and who
// deleted it, and an edit's positions are counted over the characters that its author saw.
// Concurrent inserts at one place keep each run whole. A fork that would take too long to merge so
// is applied as if its edits were made one after the other. This is the event-graph idea of Gentle
// and Kleppmann (EuroSys 2025), walked forward from the last version that everything later descends
// from.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "node/journal/operation.hpp"
#include "node/notes/errc.hpp"

namespace hearth::notes {

/// Replaces del code points at pos by ins. Several edits of one change apply one after the other.
struct text_edit {
  std::uint64_t pos = 0;
  std::uint64_t del = 0;
  std::string ins;  // UTF-8

  template <class Archive>
  void serialize(Archive& archive) {
    archive(pos, del, ins);
  }
};

struct text_change {
  journal::stamp when;
  std::vector<journal::operation_id> parents;  // none: the note's beginning
  std::vector<text_edit> edits;
};

/// How a note's text is kept and merged; text_graph is the one implementation.
class text_history {
 public:
  virtual ~text_history() = default;

  /// Adds a change. One whose parents have not arrived is held back until they have. Merges nothing
  /// yet: that happens once, when somebody asks for the text.
  virtual void add(text_change change) = 0;
  /// The merged text of all changes.
  virtual const std::string& text() const = 0;
  /// The newest changes, that no other has as its parent: what a new change names as parents.
  virtual std::vector<journal::operation_id> heads() const = 0;
  /// The text when these were the heads; errc::unknown_version when one of them is not here.
  virtual result<std::string> text_at(const std::vector<journal::operation_id>& heads) const = 0;
  /// The text as it would be with one more change, whose parents are here.
  virtual std::string text_with(text_change change) const = 0;
  /// All changes that are part of the text, oldest first.
  virtual std::vector<const text_change*> changes() const = 0;
  virtual bool contains(const journal::operation_id& id) const = 0;
};

std::unique_ptr<text_history> make_text_graph();

/// The edit that turns one text into the other: common beginning and end are left alone.
text_edit difference(std::string_view from, std::string_view to);

/// The text after these edits; errc::bad_position when one reaches past the end.
result<std::string> apply_edits(std::string_view text, const std::vector<text_edit>& edits);

}  // namespace hearth::notes
