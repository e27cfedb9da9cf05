#include "node/images/image_view.hpp"

#include <algorithm>

#include "store/base/uuid.hpp"

namespace hearth::images {

const image_record* image_entry::shared_record() const {
  if (deleted || shared.empty()) return nullptr;
  const auto& newest = shared.rbegin()->second;
  return newest.form && !newest.withdrawn ? &newest : nullptr;
}

const image_record* image_entry::shown() const {
  if (const auto* record = shared_record()) return record;
  const bool private_again = shared.empty() || shared.rbegin()->second.withdrawn;
  return !deleted && private_again && own.form ? &own : nullptr;
}

std::vector<const image_form*> image_entry::forms() const {
  std::vector<const image_form*> out;
  if (own.form) out.push_back(&*own.form);
  for (const auto& [generation, record] : shared) {
    if (record.form) out.push_back(&*record.form);
  }
  return out;
}

visibility image_entry::seen_by() const {
  const auto* record = shared_record();
  return record == nullptr ? visibility::owner_only : record->visible_to.value;
}

std::string image_view::apply(const journal::operation& origin) {
  auto operation = decode_operation(origin.payload);
  if (!operation || !uuid_owned_by(operation->image_id, origin.id.author.key)) return {};
  if ((origin.where == journal::space::local) != (operation->generation == 0)) return {};
  auto& entry = images_[operation->image_id];
  entry.id = operation->image_id;
  entry.owner = origin.id.author;
  auto& record = operation->generation == 0 ? entry.own : entry.shared[operation->generation];
  if (operation->form) record.form = std::move(operation->form);
  if (operation->visible_to) {
    record.visible_to.set(static_cast<visibility>(*operation->visible_to), origin.when());
  }
  if (operation->withdrawn) record.withdrawn = true;
  if (operation->deleted) entry.deleted = true;
  return entry.id;
}

result<const image_entry*> image_view::find(std::string_view id) const {
  const auto* entry = peek(id);
  if (entry == nullptr || entry->shown() == nullptr) return errc::unknown_image;
  return entry;
}

const image_entry* image_view::peek(std::string_view id) const {
  const auto found = images_.find(id);
  return found == images_.end() ? nullptr : &found->second;
}

std::vector<const image_entry*> image_view::all(std::string_view stream_id) const {
  std::vector<const image_entry*> out;
  for (const auto& [id, each] : images_) {
    auto entry = find(id);
    if (!entry) continue;
    if (stream_id.empty() || (*entry)->shown()->form->stream_id == stream_id) {
      out.push_back(*entry);
    }
  }
  std::sort(out.begin(), out.end(), [](const image_entry* a, const image_entry* b) {
    const auto key = [](const image_entry* each) {
      return std::pair(each->shown()->form->uploaded_ms, each->id);
    };
    return key(a) > key(b);
  });
  return out;
}

}  // namespace hearth::images
