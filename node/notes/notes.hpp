// Community notes: what a person does with them. Each call that changes something is durable when
// it returns. Runs on the core strand. Errors: node/notes/errc.hpp and those of the log.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "node/journal/journal.hpp"
#include "node/notes/note_view.hpp"
#include "node/notes/rewrite.hpp"
#include "store/base/random.hpp"
#include "store/search/text_index.hpp"

namespace hearth::notes {

struct note_draft {
  std::string title;
  std::string text;
  std::vector<std::string> tags;
  bool shared = false;
};

/// A change against the version `base` (default: the present one). text and edits exclude each
/// other.
struct note_patch {
  std::optional<std::string> base;
  std::optional<std::string> text;
  std::optional<std::vector<text_edit>> edits;
  std::optional<std::string> title;
  std::optional<std::vector<std::string>> tags;
  std::optional<bool> shared;
};

struct note_facts {
  std::string id;
  std::string title;
  std::string text;
  std::vector<std::string> tags;
  bool shared = false;
  std::string version;
  std::vector<node_id> contributors;
  journal::stamp created;
  journal::stamp updated;
  bool brought_back = false;  // deleted by one, edited by another at the same time
};

struct note_summary {
  note_facts facts;  // without text
  std::string snippet;
};

struct version_facts {
  std::string version;
  node_id author;
  milliseconds time{};
  std::string summary;
};

class notes {
 public:
  notes(journal::journal& journal, random_source& random, std::size_t max_text_bytes,
        journal::change_listener on_change);

  result<note_facts> create(const note_draft& draft);
  result<note_facts> change(std::string_view id, const note_patch& patch);
  result<void> remove(std::string_view id);
  /// Writes the text of an old version as a new change.
  result<note_facts> restore(std::string_view id, std::string_view version);

  result<note_facts> get(std::string_view id) const;
  result<std::string> text_at(std::string_view id, std::string_view version) const;
  /// Oldest first.
  result<std::vector<version_facts>> versions(std::string_view id) const;
  /// Newest first, or best match first when there is a query. Both filters may be empty.
  std::vector<note_summary> list(std::string_view query, std::string_view tag) const;
  std::size_t count() const;

  /// After journal::rebuild(): fills the search index; changes are announced from here on.
  void index_all();

 private:
  void apply(const journal::operation& origin);
  void index(const std::string& id) const;
  void refresh_index() const;
  /// Refuses what the view would not take.
  result<journal::operation_id> write(const note& note, note_operation operation);
  /// Each is made against the one before; the first as it says.
  result<void> write_all(const note& note, std::vector<note_operation> operations);
  /// Merges the newest changes of a document until one operation can name them all.
  result<void> gather(const note& note, const document& document, std::uint32_t generation);
  result<note_facts> publish(const note& note);
  /// Keeps the content here only.
  result<note_facts> withdraw(const note& note, const note_content& content);
  /// What the note would be after the patch.
  result<note_content> patched(const note& note, const note_patch& patch) const;
  result<note_operation> prepare(const note& note, const note_patch& patch) const;
  result<void> check_text(std::string_view text) const;

  journal::journal& journal_;
  random_source& random_;
  std::size_t max_text_bytes_;
  journal::change_listener on_change_;
  note_view view_;
  mutable search::text_index index_;
  mutable std::set<std::string> stale_;  // changed since they were indexed; done when searching
  bool indexed_ = false;
};

}  // namespace hearth::notes
