#include "node/streams/catalogue.hpp"

#include <algorithm>

#include "store/base/log.hpp"
#include "store/base/uuid.hpp"

namespace hearth::streams {

std::string catalogue::apply(const journal::operation& origin) {
  auto operation = decode_operation(origin.payload);
  if (!operation || !uuid_owned_by(operation->stream_id, origin.id.author.key)) return {};
  auto& entry = streams_[operation->stream_id];
  const auto when = origin.when();
  entry.id = operation->stream_id;
  entry.owner = origin.id.author;
  if (operation->form) {
    if (entry.created.clock == 0 || when < entry.created) entry.created = when;
    entry.form.set(std::move(*operation->form), when);
  }
  if (operation->ending) entry.ending.set(std::move(operation->ending), when);
  if (operation->deleted) entry.deleted = true;
  return entry.id;
}

void catalogue::apply_secret(const journal::operation& origin) {
  auto secret = decode_secret(origin.payload);
  if (!secret) return;
  auto& key = keys_[secret->stream_id];
  ids_.erase(key);
  key = secret->key;
  stopped_.erase(secret->stream_id);
  if (secret->stopped) stopped_.insert(secret->stream_id);
  if (key.empty()) return;
  log::keep_secret(key);
  ids_[key] = secret->stream_id;
}

result<const stream_entry*> catalogue::find(std::string_view id) const {
  const auto found = streams_.find(id);
  if (found == streams_.end()) return errc::unknown_stream;
  const auto& entry = found->second;
  if (entry.deleted || entry.created.clock == 0) return errc::unknown_stream;
  return &entry;
}

std::vector<const stream_entry*> catalogue::all() const {
  std::vector<const stream_entry*> out;
  for (const auto& [id, each] : streams_) {
    if (auto entry = find(id)) out.push_back(*entry);
  }
  std::sort(out.begin(), out.end(),
            [](const stream_entry* a, const stream_entry* b) { return a->created > b->created; });
  return out;
}

std::string catalogue::id_of_key(const std::string& key) const {
  const auto found = ids_.find(key);
  return found == ids_.end() ? std::string() : found->second;
}

std::string catalogue::key_of(std::string_view id) const {
  const auto found = keys_.find(id);
  return found == keys_.end() ? std::string() : found->second;
}

}  // namespace hearth::streams
