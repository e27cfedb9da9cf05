#include "node/notes/note_view.hpp"

#include <algorithm>

#include "store/base/uuid.hpp"

namespace hearth::notes {

using journal::operation_id;

document::document() : history_(make_text_graph()) {}

void document::apply(const journal::operation& origin, const note_operation& operation) {
  if (operation.removes == removal::made_private) {
    made_private_by_.insert(origin.id.author);
    return;
  }
  if (operation.removes == removal::deleted) {
    deleted_heads_.insert(operation.parents.begin(), operation.parents.end());
    return;
  }
  const auto when = origin.when();
  if (operation.creates && (!exists_ || when < created_)) {
    created_ = when;
    exists_ = true;
  }
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
  // A newest change has no descendants, so a deleter who knew it saw it as newest, too.
  if (deleted_heads_.empty()) return false;
  const auto heads = history_->heads();
  return std::all_of(heads.begin(), heads.end(),
                     [this](const operation_id& head) { return deleted_heads_.contains(head); });
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

std::uint32_t note::generation() const {
  const auto newest = std::find_if(shared.rbegin(), shared.rend(),
                                   [](const auto& each) { return each.second.exists(); });
  return newest == shared.rend() ? 0 : newest->first;
}

const document* note::shared_document() const {
  const auto newest = shared.find(generation());
  if (newest == shared.end()) return nullptr;
  const auto& document = newest->second;
  return !document.made_private() && !document.deleted() ? &document : nullptr;
}

const document* note::shown() const {
  if (const auto* document = shared_document()) return document;
  const auto newest = shared.find(generation());
  const bool private_again = newest == shared.end() || newest->second.made_private();
  return private_again && own.exists() && !own.deleted() ? &own : nullptr;
}

std::string note_view::apply(const journal::operation& origin) {
  auto operation = decode_operation(origin.payload);
  if (!operation) return {};
  if ((origin.where == journal::space::local) != (operation->generation == 0)) return {};
  const bool steals = operation->creates && operation->generation > 0 &&
                      !uuid_owned_by(operation->note_id, origin.id.author.key);
  if (steals) return {};
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
