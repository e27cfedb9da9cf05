#include "media/live/packet.hpp"

namespace hearth::live {

std::string_view codec_name(codec_id codec) {
  switch (codec) {
    case codec_id::h264:
      return "h264";
    case codec_id::hevc:
      return "hevc";
    case codec_id::av1:
      return "av1";
    case codec_id::vp9:
      return "vp9";
    case codec_id::aac:
      return "aac";
    case codec_id::opus:
      return "opus";
    case codec_id::unknown:
      break;
  }
  return "unknown";
}

}  // namespace hearth::live
