#include "node/images/images.hpp"

#include <algorithm>

#include "store/base/uuid.hpp"

namespace hearth::images {

images::images(journal::journal& journal, random_source& random, std::size_t max_per_stream,
               journal::change_listener on_change)
    : journal_(journal),
      random_(random),
      max_per_stream_(max_per_stream),
      on_change_(std::move(on_change)) {
  journal_.set_view(journal::kind::image,
                    [this](const journal::operation& origin) { apply(origin); });
}

void images::apply(const journal::operation& origin) {
  const auto id = view_.apply(origin);
  if (id.empty() || !announcing_) return;
  const bool shown = view_.find(id).has_value();
  on_change_({"images", id, shown ? "updated" : "deleted"});
  if (shown || !unneeded_) return;
  for (const auto* form : view_.peek(id)->forms()) {
    unneeded_(form->content);
    unneeded_(form->thumbnail);
  }
}

image_facts images::facts_of(const image_entry& entry) const {
  return {entry.id, entry.owner, entry.owner == journal_.self(), entry.seen_by(),
          *entry.shown()->form};
}

result<const image_entry*> images::find_own(std::string_view id) const {
  auto entry = view_.find(id);
  if (entry && (*entry)->owner != journal_.self()) return errc::not_own;
  return entry;
}

result<void> images::write(image_operation operation) {
  const auto where = operation.generation == 0 ? journal::space::local : journal::space::shared;
  auto written = journal_.write(where, journal::kind::image, encode_operation(operation));
  if (!written) return written.error();
  return {};
}

result<void> images::check_room(std::string_view stream_id) const {
  const auto all = view_.all(stream_id);
  const auto own = std::count_if(all.begin(), all.end(), [this](const image_entry* each) {
    return each->owner == journal_.self();
  });
  if (static_cast<std::size_t>(own) >= max_per_stream_) return errc::too_many;
  return {};
}

result<image_facts> images::add(image_form form, visibility seen_by) {
  if (auto room = check_room(form.stream_id); !room) return room.error();
  image_operation operation;
  operation.image_id = make_owned_uuid(random_, journal_.self().key);
  operation.generation = seen_by == visibility::owner_only ? 0 : 1;
  operation.form = std::move(form);
  operation.visible_to = static_cast<std::uint8_t>(seen_by);
  // Limits are held when an operation is read: what no node would take must not be written.
  if (auto good = decode_operation(encode_operation(operation)); !good) return good.error();
  const auto id = operation.image_id;
  if (auto done = write(std::move(operation)); !done) return done.error();
  return get(id, audience::owner);
}

result<image_facts> images::get(std::string_view id, audience who) const {
  auto entry = view_.find(id);
  if (!entry) return entry.error();
  if (!may_see((*entry)->seen_by(), who)) return errc::unknown_image;
  return facts_of(**entry);
}

std::vector<image_facts> images::list(std::string_view stream_id, audience who) const {
  std::vector<image_facts> out;
  for (const auto* entry : view_.all(stream_id)) {
    if (may_see(entry->seen_by(), who)) out.push_back(facts_of(*entry));
  }
  return out;
}

result<image_facts> images::set_visibility(std::string_view id, visibility seen_by) {
  auto found = find_own(id);
  if (!found) return found.error();
  const auto& entry = **found;
  if (entry.seen_by() == seen_by) return facts_of(entry);
  image_operation operation;
  operation.image_id = entry.id;
  const std::uint32_t newest = entry.shared.empty() ? 0 : entry.shared.rbegin()->first;
  if (seen_by == visibility::owner_only) {
    // First keep it here, then take it from the others: a crash between the two loses nothing.
    operation.form = entry.shown()->form;
    if (auto kept = write(operation); !kept) return kept.error();
    operation.form.reset();
    operation.generation = newest;
    operation.withdrawn = true;
  } else {
    operation.visible_to = static_cast<std::uint8_t>(seen_by);
    operation.generation = newest;
    if (entry.shared_record() == nullptr) {
      operation.generation = newest + 1;
      operation.form = entry.own.form;
    }
  }
  if (auto done = write(std::move(operation)); !done) return done.error();
  return get(id, audience::owner);
}

result<image_facts> images::remove(std::string_view id) {
  auto found = find_own(id);
  if (!found) return found.error();
  const auto facts = facts_of(**found);
  image_operation operation;
  operation.image_id = facts.id;
  operation.deleted = true;
  const auto& shared = (*found)->shared;
  if (!shared.empty()) operation.generation = shared.rbegin()->first;
  if (auto done = write(std::move(operation)); !done) return done.error();
  return facts;
}

result<void> images::remove_all_of(std::string_view stream_id) {
  for (const auto& facts : list(stream_id, audience::owner)) {
    if (!facts.own) continue;
    if (auto done = remove(facts.id); !done) return done.error();
  }
  return {};
}

bool images::needs(const bytes32& blob, audience who) const {
  const auto all = view_.all({});
  return std::any_of(all.begin(), all.end(), [&](const image_entry* entry) {
    const auto& form = *entry->shown()->form;
    return (form.content == blob || form.thumbnail == blob) && may_see(entry->seen_by(), who);
  });
}

bool images::needs_own(const bytes32& blob, bool shared) const {
  const auto all = view_.all({});
  return std::any_of(all.begin(), all.end(), [&](const image_entry* entry) {
    const auto& form = *entry->shown()->form;
    return entry->owner == journal_.self() && (form.content == blob || form.thumbnail == blob) &&
           may_see(entry->seen_by(), audience::peer) == shared;
  });
}

bool images::serves(const bytes32& blob) const {
  return needs_own(blob, true);
}

bool images::hides(const bytes32& blob) const {
  return needs_own(blob, false);
}

}  // namespace hearth::images
