// The stored form of what is said about images. A private image is said in the local space only.
#pragma once
#include <optional>
#include <string>

#include "node/images/visibility.hpp"
#include "store/base/bytes.hpp"

namespace hearth::images {

struct image_form {
  std::string stream_id;
  std::string file_name;  // as given; never a path
  std::string format;     // "jpeg", "png", "gif", "webp" or "bmp"
  bytes32 content{};      // blob of the original
  bytes32 thumbnail{};    // blob of the 200x200 JPEG
  bytes placeholder;      // a tiny JPEG, at most 2 KiB
  std::uint64_t size_bytes = 0;
  std::uint32_t width = 0;  // after orientation
  std::uint32_t height = 0;
  std::int64_t uploaded_ms = 0;  // wall clock

  template <class Archive>
  void serialize(Archive& archive) {
    archive(stream_id, file_name, format, content, thumbnail, placeholder, size_bytes, width,
            height, uploaded_ms);
  }
};

/// Only the author that uploaded an image can say more about it.
struct image_operation {
  std::uint8_t format = 1;
  std::string image_id;
  /// 0 in the local space; each time the image leaves private it starts the next generation.
  std::uint32_t generation = 0;
  std::optional<image_form> form;
  std::optional<std::uint8_t> visible_to;  // visibility
  bool withdrawn = false;                  // private again: this generation is over
  bool deleted = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(format, image_id, generation, form, visible_to, withdrawn, deleted);
  }
};

bytes encode_operation(const image_operation& operation);
/// errc::bad_field for what breaks a limit.
result<image_operation> decode_operation(byte_view payload);

}  // namespace hearth::images
