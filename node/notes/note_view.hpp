// What the operations of all authors say about notes: a function of the set of operations, whatever
// order they came in. Not thread-safe (core strand).
#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "node/notes/note_operation.hpp"

namespace hearth::notes {

/// One life of a note in one space: its private form, or what was shared in one generation.
class document {
 public:
  document();

  void apply(const journal::operation& origin, const note_operation& operation);

  const text_history& history() const { return *history_; }
  const std::string& title() const { return title_.value; }
  std::vector<std::string> tags() const;
  /// The additions of a tag that are known, for taking it off.
  std::vector<journal::operation_id> additions(const std::string& tag) const;
  const std::set<node_id>& contributors() const { return contributors_; }
  const journal::stamp& created() const { return created_; }
  const journal::stamp& updated() const { return updated_; }
  /// Whether its beginning is here.
  bool exists() const { return exists_; }
  /// Whether every newest change was known to somebody who deleted it.
  bool deleted() const;
  /// Whether it was deleted by one while another changed it.
  bool brought_back() const { return !deleted_heads_.empty() && !deleted(); }
  /// Whether who created it took it back.
  bool made_private() const { return made_private_by_.contains(created_.id.author); }
  /// Names the present version, or that of some heads; see operation_id::text().
  std::string version() const;
  /// The heads that a version names; errc::unknown_version.
  result<std::vector<journal::operation_id>> heads_of(std::string_view version) const;

 private:
  void apply_tags(const journal::operation_id& id, const note_operation& operation);

  std::unique_ptr<text_history> history_;
  journal::last_write<std::string> title_;
  std::map<std::string, std::set<journal::operation_id>> tags_;
  std::map<std::string, std::set<journal::operation_id>> removed_additions_;
  std::set<node_id> contributors_;
  std::map<std::string, journal::operation_id, std::less<>> versions_;
  std::set<journal::operation_id> deleted_heads_;  // what deleters saw as newest
  std::set<node_id> made_private_by_;              // everybody who said so
  journal::stamp created_;
  journal::stamp updated_;
  bool exists_ = false;
};

struct note {
  std::string id;
  document own;                              // local space
  std::map<std::uint32_t, document> shared;  // some may not exist, as long as only changes came

  /// The number of the newest generation that exists; 0 when none does.
  std::uint32_t generation() const;
  /// The newest shared generation that was not made private again; null when there is none.
  const document* shared_document() const;
  /// What a person sees; null when the note is deleted.
  const document* shown() const;
  bool is_shared() const { return shared_document() != nullptr; }
  /// The generation of what a person sees; 0 for a private note.
  std::uint32_t shown_generation() const { return is_shared() ? generation() : 0; }
};

class note_view {
 public:
  /// Takes one operation; returns the id of the note that changed, empty when it was not
  /// acceptable. A generation is created only by the node whose key the note's id carries.
  std::string apply(const journal::operation& origin);

  /// errc::unknown_note also for deleted ones.
  result<const note*> find(std::string_view id) const;
  const std::map<std::string, note, std::less<>>& all() const { return notes_; }

 private:
  std::map<std::string, note, std::less<>> notes_;
};

}  // namespace hearth::notes
