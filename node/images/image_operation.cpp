#include "node/images/image_operation.hpp"

#include <algorithm>
#include <array>

#include "node/images/errc.hpp"
#include "store/base/codec.hpp"
#include "store/base/uuid.hpp"

namespace hearth::images {
namespace {

constexpr std::size_t max_file_name_bytes = 255;
constexpr std::size_t max_placeholder_bytes = 2048;
constexpr std::uint32_t max_side = 65'535;

/// It becomes a media type in answers, so another node's word must not be taken for it.
bool good_format(std::string_view name) {
  constexpr std::array<std::string_view, 5> known{"jpeg", "png", "gif", "webp", "bmp"};
  return std::find(known.begin(), known.end(), name) != known.end();
}

bool good_form(const image_form& form) {
  return is_uuid(form.stream_id) && form.file_name.size() <= max_file_name_bytes &&
         is_utf8(form.file_name) && good_format(form.format) &&
         form.placeholder.size() <= max_placeholder_bytes && form.width <= max_side &&
         form.height <= max_side;
}

}  // namespace

bytes encode_operation(const image_operation& operation) {
  return encode(operation);
}

result<image_operation> decode_operation(byte_view payload) {
  auto operation = decode<image_operation>(payload);
  if (!operation) return operation.error();
  const bool known_visibility =
      !operation->visible_to || (*operation->visible_to >= 1 && *operation->visible_to <= 3);
  if (!is_uuid(operation->image_id) || !known_visibility ||
      (operation->form && !good_form(*operation->form))) {
    return errc::bad_field;
  }
  return operation;
}

}  // namespace hearth::images
