#include "node/notes/note_view.hpp"

#include <algorithm>

namespace hearth::notes {

using journal::operation_id;

document::document() : history_(make_text_graph()) {}

void document::apply(const journal::operation& origin, const note_operation& operation) {
  if (operation.removes == removal::made_private) {
    if (origin.id.author == created_.id.author) made_private_ = true;
    return;
  }
  if (operation.removes == removal::deleted) {
    deletions_.push_back(operation.parents);
    return;
  }
  const auto when = origin.when();
  if (operation.creates && (created_.clock == 0 || when < created_)) created_ = when;
  updated_ = std::max(updated_, when);
  contributors_.insert(origin.id.author);
  versions_.emplace(origin.id.text(), origin.id);
  if (operation.title) title_.set(*operation.title, when);
  apply_tags(origin.id, operation);
  history_->add({when, operation.parents, operation.edits});
}

void document::apply_tags(const operation_id& id, const note_operation& operation) {
  for (const auto& tag : operation.tags_added) {
    if (!removed_additions_[tag].contains(id)) tags_[tag].insert(id);
  }
  for (const auto& removed : operation.tags_removed) {
    for (const auto& addition : removed.additions) {
      removed_additions_[removed.tag].insert(addition);
      tags_[removed.tag].erase(addition);
    }
  }
}

std::vector<std::string> document::tags() const {
  std::vector<std::string> out;
  for (const auto& [tag, additions] : tags_) {
    if (!additions.empty()) out.push_back(tag);
  }
  return out;
}

std::vector<operation_id> document::additions(const std::string& tag) const {
  const auto found = tags_.find(tag);
  if (found == tags_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

bool document::deleted() const {
  if (deletions_.empty()) return false;
  const auto heads = history_->heads();
  return std::all_of(heads.begin(), heads.end(), [this](const operation_id& head) {
    return std::any_of(deletions_.begin(), deletions_.end(),
                       [&](const auto& seen) { return history_->covered(head, seen); });
  });
}

std::string document::version() const {
  std::string out;
  for (const auto& head : history_->heads()) {
    if (!out.empty()) out.push_back('.');
    out += head.text();
  }
  return out;
}

result<std::vector<operation_id>> document::heads_of(std::string_view version) const {
  std::vector<operation_id> out;
  while (true) {
    const auto dot = version.find('.');
    const auto found = versions_.find(version.substr(0, dot));
    if (found == versions_.end()) return errc::unknown_version;
    out.push_back(found->second);
    if (dot == std::string_view::npos) return out;
    version.remove_prefix(dot + 1);
  }
}

const document* note::shared_document() const {
  if (shared.empty()) return nullptr;
  const auto& newest = shared.rbegin()->second;
  return newest.exists() && !newest.made_private() && !newest.deleted() ? &newest : nullptr;
}

const document* note::shown() const {
  if (const auto* document = shared_document()) return document;
  const bool private_again = shared.empty() || shared.rbegin()->second.made_private();
  return private_again && own.exists() && !own.deleted() ? &own : nullptr;
}

std::string note_view::apply(const journal::operation& origin) {
  auto operation = decode_operation(origin.payload);
  if (!operation) return {};
  if ((origin.where == journal::space::local) != (operation->generation == 0)) return {};
  auto& note = notes_[operation->note_id];
  note.id = operation->note_id;
  auto& target = operation->generation == 0 ? note.own : note.shared[operation->generation];
  target.apply(origin, *operation);
  return note.id;
}

result<const note*> note_view::find(std::string_view id) const {
  const auto found = notes_.find(id);
  if (found == notes_.end() || found->second.shown() == nullptr) return errc::unknown_note;
  return &found->second;
}

}  // namespace hearth::notes
