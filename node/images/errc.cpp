#include "node/images/errc.hpp"

#include <string>

namespace hearth::images {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.images"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::unknown_image:
        return "there is no image with this id";
      case errc::not_own:
        return "the image belongs to another node";
      case errc::too_many:
        return "the stream already has its maximum of images";
      case errc::bad_field:
        return "a field of the image is out of its limits";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& images_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), images_category()};
}

}  // namespace hearth::images
