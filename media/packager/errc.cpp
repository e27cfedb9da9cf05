#include "media/packager/errc.hpp"

#include <string>

namespace hearth::packager {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.packager"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::bad_config:
        return "the codec configuration is missing or broken";
      case errc::unsupported_codec:
        return "this codec can't be packaged";
      case errc::bad_dimensions:
        return "the size of the picture is unknown or out of range";
      case errc::no_key_frame:
        return "the publisher sends no key frame";
      case errc::too_many_changes:
        return "the stream changes its configuration or clock too often";
      case errc::packet_too_large:
        return "a single frame is too large";
      case errc::muxer_failed:
        return "the stream can't be written as MP4";
      case errc::bad_name:
        return "not the name of a part of a stream";
      case errc::not_found:
        return "no longer or not yet there";
      case errc::bad_request:
        return "asks for something too far ahead";
      case errc::timed_out:
        return "the stream sent nothing new in time";
      case errc::too_many_waiters:
        return "too many players wait for this stream";
      case errc::closed:
        return "the stream was closed";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& packager_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), packager_category()};
}

}  // namespace hearth::packager
