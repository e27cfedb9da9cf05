#include "media/rtmp/errc.hpp"

#include <string>

namespace hearth::rtmp {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.rtmp"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::bad_version:
        return "this is not RTMP version 3";
      case errc::bad_chunk:
        return "a chunk breaks the RTMP protocol";
      case errc::too_many_streams:
        return "too many RTMP streams on one connection";
      case errc::message_too_large:
        return "an RTMP message is larger than allowed";
      case errc::too_much_pending:
        return "too many unfinished RTMP messages";
      case errc::bad_amf0:
        return "an RTMP command is not well-formed AMF0";
      case errc::amf0_limit:
        return "an RTMP command is deeper or longer than allowed";
      case errc::bad_command:
        return "an RTMP command lacks what it needs or comes at a wrong time";
      case errc::bad_media:
        return "a video or audio message is malformed";
      case errc::bad_config:
        return "the description of a video or audio track is malformed";
      case errc::unsupported_codec:
        return "this codec is not carried: send H.264, HEVC, AV1 or VP9 video and AAC or Opus "
               "audio";
      case errc::output_full:
        return "the client does not read its answers";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& rtmp_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), rtmp_category()};
}

}  // namespace hearth::rtmp
