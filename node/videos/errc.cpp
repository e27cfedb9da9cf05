#include "node/videos/errc.hpp"

#include <string>

namespace hearth::videos {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.videos"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::unknown_video:
        return "there is no video with this id";
      case errc::bad_field:
        return "a name or tag of the video is out of its limits";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& videos_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), videos_category()};
}

}  // namespace hearth::videos
