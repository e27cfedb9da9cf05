#include "node/notes/note_operation.hpp"

#include <algorithm>

#include "store/base/codec.hpp"
#include "store/base/uuid.hpp"

namespace hearth::notes {
namespace {

constexpr std::size_t max_parents = 1024;

bool good_tag(const std::string& tag) {
  return !tag.empty() && tag.size() <= max_tag_bytes && is_utf8(tag);
}

bool acceptable(const note_operation& operation) {
  return operation.format >= 1 && is_uuid(operation.note_id) &&
         operation.parents.size() <= max_parents && good_tags(operation.tags_added) &&
         (!operation.title || good_title(*operation.title)) &&
         std::all_of(operation.edits.begin(), operation.edits.end(),
                     [](const text_edit& edit) { return is_utf8(edit.ins); });
}

}  // namespace

bool good_title(std::string_view title) {
  return title.size() <= max_title_bytes && is_utf8(title);
}

bool good_tags(const std::vector<std::string>& tags) {
  return tags.size() <= max_tags && std::all_of(tags.begin(), tags.end(), good_tag);
}

bytes encode_operation(const note_operation& operation) {
  return encode(operation);
}

result<note_operation> decode_operation(byte_view payload) {
  auto operation = decode<note_operation>(payload);
  if (!operation) return operation.error();
  if (!acceptable(*operation)) return errc::bad_field;
  return operation;
}

}  // namespace hearth::notes
