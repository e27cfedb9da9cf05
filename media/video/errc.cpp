#include "media/video/errc.hpp"

#include <string>

namespace hearth::video {
namespace {

class video_category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.video"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::unsupported_format:
        return "not an MP4, MOV, M4V, MKV, WebM, AVI, FLV or WMV video";
      case errc::damaged:
        return "the video is damaged or cut off";
      case errc::no_video:
        return "there is no moving picture in this file";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& category() {
  static const video_category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), category()};
}

}  // namespace hearth::video
