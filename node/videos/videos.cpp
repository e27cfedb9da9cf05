#include "node/videos/videos.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "store/base/log.hpp"
#include "store/base/uuid.hpp"

namespace hearth::videos {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool matches(const video_facts& facts, const std::string& query) {
  auto text = lower(facts.name);
  for (const auto& tag : facts.tags)
    text += ' ' + lower(tag);
  std::istringstream words(query);
  for (std::string word; words >> word;) {
    if (text.find(word) == std::string::npos) return false;
  }
  return true;
}

bool comes_before(const video_facts& a, const video_facts& b, order by) {
  switch (by) {
    case order::newest:
      return a.form.uploaded_ms > b.form.uploaded_ms;
    case order::oldest:
      return a.form.uploaded_ms < b.form.uploaded_ms;
    case order::name:
      return lower(a.name) < lower(b.name);
    case order::size:
      return a.form.size_bytes > b.form.size_bytes;
    case order::duration:
      return a.form.duration_ms > b.form.duration_ms;
  }
  return false;
}

}  // namespace

videos::videos(journal::journal& journal, random_source& random, journal::change_listener on_change)
    : journal_(journal), random_(random), on_change_(std::move(on_change)) {
  journal_.set_view(journal::kind::video,
                    [this](const journal::operation& origin) { apply(origin); });
}

void videos::apply(const journal::operation& origin) {
  auto operation = decode_operation(origin.payload);
  if (!operation || origin.where != journal::space::shared) return;
  auto& each = entries_[operation->video_id];
  const auto when = origin.when();
  // The id names who made it: only that node says what it is.
  const bool by_owner = uuid_owned_by(operation->video_id, origin.id.author.key);
  if (operation->form && by_owner && (!each.form || when < each.created)) {
    each.form = std::move(operation->form);
    each.created = when;
  }
  if (operation->name) each.name.set(std::move(*operation->name), when);
  if (operation->tags) each.tags.set(std::move(*operation->tags), when);
  if (operation->holds) each.holds[origin.id.author].set(*operation->holds, when);
  if (operation->deleted) each.deleted = true;
  if (!announcing_) return;
  on_change_({"videos", operation->video_id, each.shown() ? "updated" : "deleted"});
  if (each.shown() || !each.form || !unneeded_) return;
  unneeded_(each.form->content);
  unneeded_(each.form->poster);
}

result<const videos::entry*> videos::find(std::string_view id) const {
  const auto found = entries_.find(id);
  if (found == entries_.end() || !found->second.shown()) return errc::unknown_video;
  return &found->second;
}

video_facts videos::facts_of(const std::string& id, const entry& of) {
  video_facts out;
  out.id = id;
  out.uploaded_by = of.created.id.author;
  out.form = *of.form;
  out.name = of.name.value;
  out.tags = of.tags.value;
  for (const auto& [node, holds] : of.holds) {
    if (holds.value) out.nodes.push_back(node);
  }
  return out;
}

result<video_facts> videos::write(video_operation operation) {
  const auto id = operation.video_id;
  auto written =
      journal_.write(journal::space::shared, journal::kind::video, encode_operation(operation));
  if (!written) return written.error();
  return facts_of(id, entries_.find(id)->second);
}

result<video_facts> videos::add(video_form form, std::string name) {
  video_operation operation;
  operation.video_id = make_owned_uuid(random_, journal_.self().key);
  operation.form = std::move(form);
  operation.name = std::move(name);
  operation.holds = true;
  // Limits are held when an operation is read: what no node would take must not be written.
  if (auto good = decode_operation(encode_operation(operation)); !good) return good.error();
  return write(std::move(operation));
}

result<video_facts> videos::get(std::string_view id) const {
  auto found = find(id);
  if (!found) return found.error();
  return facts_of(std::string(id), **found);
}

std::vector<video_facts> videos::list(std::string_view query, order by) const {
  std::vector<video_facts> out;
  const auto wanted = lower(query);
  for (const auto& [id, each] : entries_) {
    if (!each.shown()) continue;
    auto facts = facts_of(id, each);
    if (matches(facts, wanted)) out.push_back(std::move(facts));
  }
  std::stable_sort(out.begin(), out.end(), [by](const video_facts& a, const video_facts& b) {
    return comes_before(a, b, by);
  });
  return out;
}

result<video_facts> videos::change(std::string_view id, std::optional<std::string> name,
                                   std::optional<std::vector<std::string>> tags) {
  if (auto found = find(id); !found) return found.error();
  if ((name && (name->empty() || !good_name(*name))) || (tags && !good_tags(*tags))) {
    return errc::bad_field;
  }
  video_operation operation;
  operation.video_id = id;
  operation.name = std::move(name);
  operation.tags = std::move(tags);
  return write(std::move(operation));
}

result<video_facts> videos::remove(std::string_view id) {
  if (auto found = find(id); !found) return found.error();
  video_operation operation;
  operation.video_id = id;
  operation.deleted = true;
  return write(std::move(operation));
}

std::size_t videos::count() const {
  return static_cast<std::size_t>(std::count_if(
      entries_.begin(), entries_.end(), [](const auto& each) { return each.second.shown(); }));
}

bool videos::needs(const bytes32& blob) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const auto& each) {
    return each.second.shown() && each.second.uses(blob);
  });
}

bool videos::holds(const entry& of) const {
  const auto known = of.holds.find(journal_.self());
  return known != of.holds.end() && known->second.value;
}

bool videos::serves(const bytes32& blob) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const auto& each) {
    return each.second.shown() && each.second.uses(blob) && holds(each.second);
  });
}

void videos::note_copy_of(const bytes32& blob) {
  std::vector<std::string> ids;
  for (const auto& [id, each] : entries_) {
    if (each.shown() && each.form->content == blob) ids.push_back(id);
  }
  for (const auto& id : ids) {
    if (auto kept = note_copy(id, true); !kept) {
      log::warn("videos",
                "the copy of video " + id + " is not known to others: " + kept.error().message());
    }
  }
}

result<void> videos::note_copy(std::string_view id, bool has_copy) {
  auto found = find(id);
  if (!found) return found.error();
  if (holds(**found) == has_copy) return {};
  video_operation operation;
  operation.video_id = id;
  operation.holds = has_copy;
  auto written = write(std::move(operation));
  if (!written) return written.error();
  return {};
}

}  // namespace hearth::videos
