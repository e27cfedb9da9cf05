// The picture's size from an H.264 or HEVC configuration record, believed before what the publisher
// says beside it.
#pragma once
#include "media/packager/errc.hpp"
#include "store/base/bytes.hpp"

namespace hearth::packager {

struct picture_size {
  int width = 0;
  int height = 0;
};

/// From the first SPS of an AVCDecoderConfigurationRecord (ISO 14496-15 5.3.3.1). errc::bad_config.
result<picture_size> read_avc_size(byte_view record);
/// From the first SPS of an HEVCDecoderConfigurationRecord (ISO 14496-15 8.3.3.1).
/// errc::bad_config.
result<picture_size> read_hevc_size(byte_view record);

}  // namespace hearth::packager
