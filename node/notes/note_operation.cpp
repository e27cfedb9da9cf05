#include "node/notes/note_operation.hpp"

#include <algorithm>

#include "store/base/codec.hpp"
#include "store/base/uuid.hpp"

namespace hearth::notes {
namespace {

bool good_tag(const std::string& tag) {
  return !tag.empty() && tag.size() <= max_tag_bytes && is_utf8(tag);
}

/// A change without a place in the history would be a beginning that nobody created.
bool good_parents(const note_operation& operation) {
  if (operation.parents.size() > max_parents) return false;
  if (operation.removes == removal::made_private) return true;
  if (operation.removes == removal::deleted && operation.creates) return false;
  return operation.creates == operation.parents.empty();
}

}  // namespace

bool good_title(std::string_view title) {
  return title.size() <= max_title_bytes && is_utf8(title);
}

bool good_tags(const std::vector<std::string>& tags) {
  return tags.size() <= max_tags && std::all_of(tags.begin(), tags.end(), good_tag);
}

result<void> check_operation(const note_operation& operation) {
  const bool good = operation.format >= 1 && is_uuid(operation.note_id) &&
                    operation.generation <= max_generation && good_parents(operation) &&
                    good_tags(operation.tags_added) &&
                    (!operation.title || good_title(*operation.title)) &&
                    operation.edits.size() <= max_edits;
  if (!good) return errc::bad_field;
  std::size_t inserted = 0;
  for (const auto& edit : operation.edits) {
    if (!is_utf8(edit.ins)) return errc::bad_field;
    inserted += edit.ins.size();
  }
  if (inserted > max_inserted_bytes) return errc::too_large;
  return {};
}

bytes encode_operation(const note_operation& operation) {
  return encode(operation);
}

result<note_operation> decode_operation(byte_view payload) {
  auto operation = decode<note_operation>(payload);
  if (!operation) return operation.error();
  if (auto good = check_operation(*operation); !good) return good.error();
  return operation;
}

}  // namespace hearth::notes
