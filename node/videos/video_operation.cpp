#include "node/videos/video_operation.hpp"

#include <algorithm>

#include "node/videos/errc.hpp"
#include "store/base/codec.hpp"
#include "store/base/uuid.hpp"

namespace hearth::videos {
namespace {

constexpr std::size_t max_word_bytes = 32;

bool good_word(const std::string& word) {
  return word.size() <= max_word_bytes && is_utf8(word);
}

bool good_form(const video_form& form) {
  return good_name(form.file_name) && good_word(form.container) && good_word(form.video_codec) &&
         good_word(form.audio_codec) && form.duration_ms >= 0;
}

}  // namespace

bool good_name(std::string_view name) {
  return name.size() <= max_name_bytes && is_utf8(name);
}

bool good_tags(const std::vector<std::string>& tags) {
  return tags.size() <= max_tags && std::all_of(tags.begin(), tags.end(), [](const auto& tag) {
           return !tag.empty() && tag.size() <= max_tag_bytes && is_utf8(tag);
         });
}

bytes encode_operation(const video_operation& operation) {
  return encode(operation);
}

result<video_operation> decode_operation(byte_view payload) {
  auto operation = decode<video_operation>(payload);
  if (!operation) return operation.error();
  const bool good = is_uuid(operation->video_id) &&
                    (!operation->form || good_form(*operation->form)) &&
                    (!operation->name || good_name(*operation->name)) &&
                    (!operation->tags || good_tags(*operation->tags));
  if (!good) return errc::bad_field;
  return operation;
}

}  // namespace hearth::videos
