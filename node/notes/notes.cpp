#include "node/notes/notes.hpp"

#include <algorithm>
#include <limits>

#include "store/base/uuid.hpp"

namespace hearth::notes {
namespace {

note_facts facts_of(const note& note, bool with_text) {
  const auto& document = *note.shown();
  note_facts facts;
  facts.id = note.id;
  facts.title = document.title();
  if (with_text) facts.text = document.history().text();
  facts.tags = document.tags();
  facts.shared = note.is_shared();
  facts.version = document.version();
  facts.contributors.assign(document.contributors().begin(), document.contributors().end());
  facts.created = document.created();
  facts.updated = document.updated();
  facts.brought_back = document.brought_back();
  return facts;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words)
    out += word + ' ';
  return out;
}

std::string summary_of(const text_change& change) {
  std::uint64_t added = 0;
  std::uint64_t removed = 0;
  for (const auto& edit : change.edits) {
    added += static_cast<std::uint64_t>(std::count_if(edit.ins.begin(), edit.ins.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
    removed += edit.del;
  }
  if (added == 0 && removed == 0) return "title or tags";
  return "+" + std::to_string(added) + " -" + std::to_string(removed) + " characters";
}

}  // namespace

notes::notes(journal::journal& journal, random_source& random, std::size_t max_text_bytes,
             journal::change_listener on_change)
    : journal_(journal),
      random_(random),
      max_text_bytes_(max_text_bytes),
      on_change_(std::move(on_change)) {
  journal_.set_view(journal::kind::note,
                    [this](const journal::operation& origin) { apply(origin); });
}

void notes::apply(const journal::operation& origin) {
  const auto id = view_.apply(origin);
  if (id.empty() || !indexed_) return;
  stale_.insert(id);
  const auto& note = view_.all().find(id)->second;
  on_change_({"notes", id, note.shown() == nullptr ? "deleted" : "updated"});
}

void notes::refresh_index() const {
  for (const auto& id : stale_)
    index(id);
  stale_.clear();
}

void notes::index(const std::string& id) const {
  const auto& note = view_.all().find(id)->second;
  const auto* document = note.shown();
  if (document == nullptr) {
    index_.remove(id);
    return;
  }
  index_.put(id, document->title(), document->history().text(), joined(document->tags()));
}

void notes::index_all() {
  indexed_ = true;
  for (const auto& [id, note] : view_.all())
    index(id);
}

result<void> notes::check_text(std::string_view text) const {
  if (text.size() > max_text_bytes_) return errc::too_large;
  if (!is_utf8(text)) return errc::bad_field;
  return {};
}

result<journal::operation_id> notes::write(const note& note, note_operation operation) {
  operation.note_id = note.id;
  if (auto good = check_operation(operation); !good) return good.error();
  const auto where = operation.generation == 0 ? journal::space::local : journal::space::shared;
  return journal_.write(where, journal::kind::note, encode_operation(operation));
}

result<void> notes::write_all(const note& note, std::vector<note_operation> operations) {
  std::optional<journal::operation_id> last;
  for (auto& operation : operations) {
    if (last) operation.parents = {*last};
    auto written = write(note, std::move(operation));
    if (!written) return written.error();
    last = *written;
  }
  return {};
}

result<void> notes::gather(const note& note, const document& document, std::uint32_t generation) {
  while (true) {
    auto heads = document.history().heads();
    if (heads.size() <= max_parents) return {};
    heads.resize(max_parents);
    note_operation merge;
    merge.generation = generation;
    merge.parents = std::move(heads);
    if (auto done = write(note, std::move(merge)); !done) return done.error();
  }
}

result<note_facts> notes::create(const note_draft& draft) {
  if (!good_title(draft.title) || !good_tags(draft.tags)) return errc::bad_field;
  if (auto good = check_text(draft.text); !good) return good.error();
  note_operation operation;
  operation.generation = draft.shared ? 1 : 0;
  operation.creates = true;
  operation.edits = {{0, 0, draft.text}};
  operation.title = draft.title;
  operation.tags_added = draft.tags;
  note fresh;
  fresh.id = make_owned_uuid(random_, journal_.self().key);
  if (auto done = write(fresh, std::move(operation)); !done) return done.error();
  return get(fresh.id);
}

result<note_operation> notes::prepare(const note& note, const note_patch& patch) const {
  const auto& document = *note.shown();
  note_operation operation;
  operation.generation = note.shown_generation();
  operation.parents = document.history().heads();
  if (patch.base) {
    auto heads = document.heads_of(*patch.base);
    if (!heads) return heads.error();
    operation.parents = std::move(*heads);
  }
  if (patch.text || patch.edits) {
    auto base = document.history().text_at(operation.parents);
    if (!base) return base.error();
    operation.edits = patch.edits ? *patch.edits : std::vector{difference(*base, *patch.text)};
    for (const auto& edit : operation.edits) {
      if (!is_utf8(edit.ins)) return errc::bad_field;
    }
    auto after = apply_edits(*base, operation.edits);
    if (!after) return after.error();
    if (auto good = check_text(*after); !good) return good.error();
  }
  if (patch.title && !good_title(*patch.title)) return errc::bad_field;
  operation.title = patch.title;
  if (patch.tags) {
    if (!good_tags(*patch.tags)) return errc::bad_field;
    set_tags(operation, document, *patch.tags);
  }
  return operation;
}

result<note_facts> notes::change(std::string_view id, const note_patch& patch) {
  auto found = view_.find(id);
  if (!found) return found.error();
  const auto& note = **found;
  const bool withdraws = patch.shared == false && note.is_shared();
  if (withdraws && note.shown()->created().id.author != journal_.self()) return errc::not_owner;
  const bool edits = patch.text || patch.edits || patch.title || patch.tags;
  if (withdraws) {
    auto content = edits ? patched(note, patch) : content_of(*note.shown());
    if (!content) return content.error();
    return withdraw(note, *content);
  }
  if (edits) {
    if (auto done = gather(note, *note.shown(), note.shown_generation()); !done) {
      return done.error();
    }
    auto operation = prepare(note, patch);
    if (!operation) return operation.error();
    if (auto done = write(note, std::move(*operation)); !done) return done.error();
  }
  if (patch.shared == true && !note.is_shared()) return publish(note);
  return get(id);
}

result<note_content> notes::patched(const note& note, const note_patch& patch) const {
  auto operation = prepare(note, patch);
  if (!operation) return operation.error();
  auto content = content_of(*note.shown());
  if (!operation->edits.empty()) {
    const journal::stamp latest{std::numeric_limits<std::uint64_t>::max(), {journal_.self(), 0, 0}};
    content.text = note.shown()->history().text_with(
        {latest, std::move(operation->parents), std::move(operation->edits)});
  }
  if (patch.title) content.title = *patch.title;
  if (patch.tags) content.tags = *patch.tags;
  return content;
}

result<note_facts> notes::publish(const note& note) {
  if (!uuid_owned_by(note.id, journal_.self().key)) return errc::not_owner;
  const document nothing;
  auto done = write_all(note, rewrite(nothing, note.generation() + 1, content_of(note.own)));
  if (!done) return done.error();
  return get(note.id);
}

result<note_facts> notes::withdraw(const note& note, const note_content& content) {
  // First keep it here, then take it from the others: a crash between the two loses nothing.
  if (auto done = gather(note, note.own, 0); !done) return done.error();
  if (auto kept = write_all(note, rewrite(note.own, 0, content)); !kept) return kept.error();
  if (note.own.history().text() != content.text) return errc::bad_field;
  note_operation removing;
  removing.generation = note.generation();
  removing.removes = removal::made_private;
  if (auto done = write(note, std::move(removing)); !done) return done.error();
  return get(note.id);
}

result<void> notes::remove(std::string_view id) {
  auto found = view_.find(id);
  if (!found) return found.error();
  const auto& note = **found;
  note_operation removing;
  removing.generation = note.shown_generation();
  removing.removes = removal::deleted;
  if (auto done = gather(note, *note.shown(), removing.generation); !done) return done.error();
  removing.parents = note.shown()->history().heads();
  if (auto done = write(note, std::move(removing)); !done) return done.error();
  return {};
}

result<note_facts> notes::restore(std::string_view id, std::string_view version) {
  auto old = text_at(id, version);
  if (!old) return old.error();
  note_patch patch;
  patch.text = std::move(*old);
  return change(id, patch);
}

result<note_facts> notes::get(std::string_view id) const {
  auto found = view_.find(id);
  if (!found) return found.error();
  return facts_of(**found, true);
}

result<std::string> notes::text_at(std::string_view id, std::string_view version) const {
  auto found = view_.find(id);
  if (!found) return found.error();
  const auto& document = *(*found)->shown();
  auto heads = document.heads_of(version);
  if (!heads) return heads.error();
  return document.history().text_at(*heads);
}

result<std::vector<version_facts>> notes::versions(std::string_view id) const {
  auto found = view_.find(id);
  if (!found) return found.error();
  std::vector<version_facts> out;
  for (const auto* change : (*found)->shown()->history().changes()) {
    out.push_back(
        {change->when.id.text(), change->when.id.author, change->when.time(), summary_of(*change)});
  }
  return out;
}

std::vector<note_summary> notes::list(std::string_view query, std::string_view tag) const {
  std::vector<note_summary> out;
  const auto add = [&](const note& note, std::string snippet) {
    if (note.shown() == nullptr) return;
    const auto tags = note.shown()->tags();
    if (!tag.empty() && std::find(tags.begin(), tags.end(), tag) == tags.end()) return;
    out.push_back({facts_of(note, false), std::move(snippet)});
  };
  if (!query.empty()) {
    refresh_index();
    for (auto& hit : index_.find(query)) {
      const auto found = view_.all().find(hit.id);
      if (found != view_.all().end()) add(found->second, std::move(hit.snippet));
    }
    return out;
  }
  for (const auto& [id, note] : view_.all())
    add(note, {});
  std::sort(out.begin(), out.end(), [](const note_summary& a, const note_summary& b) {
    return a.facts.updated > b.facts.updated;
  });
  return out;
}

std::size_t notes::count() const {
  return static_cast<std::size_t>(
      std::count_if(view_.all().begin(), view_.all().end(),
                    [](const auto& each) { return each.second.shown() != nullptr; }));
}

}  // namespace hearth::notes
