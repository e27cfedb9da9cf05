// The picture size, out of the headers of coded video. Hostile input: bounded reads, and a size
// above 16,384 pixels a side is errc::bad_config as any malformed header.
#pragma once
#include "media/rtmp/errc.hpp"
#include "store/base/bytes.hpp"
#include "store/base/result.hpp"

namespace hearth::rtmp {

struct picture_size {
  int width = 0;
  int height = 0;
  bool operator==(const picture_size&) const = default;
};

/// A sequence parameter set NAL unit with its header (ITU-T H.264, 7.3.2.1.1).
result<picture_size> h264_sps_size(byte_view nal);
/// A sequence parameter set NAL unit with its header (ITU-T H.265, 7.3.2.2.1).
result<picture_size> hevc_sps_size(byte_view nal);
/// OBUs of which one is a sequence header (AV1 specification, 5.5).
result<picture_size> av1_sequence_size(byte_view obus);
/// A key frame (VP9 bitstream specification, 6.2).
result<picture_size> vp9_key_frame_size(byte_view frame);

}  // namespace hearth::rtmp
