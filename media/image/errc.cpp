#include "media/image/errc.hpp"

#include <string>

namespace hearth::image {
namespace {

class image_category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.image"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::unsupported_format:
        return "not a JPEG, PNG, GIF, WebP or BMP image";
      case errc::damaged:
        return "the image is damaged or cut off";
      case errc::too_many_pixels:
        return "the image has too many pixels";
      case errc::too_many_frames:
        return "the animation has too many frames";
      case errc::too_large:
        return "the image file is too large";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& category() {
  static const image_category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), category()};
}

}  // namespace hearth::image
