// Decoder configuration records as publishers send them, made into live::track_config with what
// they really say: picture size, sample rate, channels. Errors: errc::bad_config.
#pragma once
#include "media/live/packet.hpp"
#include "media/rtmp/errc.hpp"
#include "store/base/result.hpp"

namespace hearth::rtmp {

/// Largest record taken.
inline constexpr std::size_t most_config_bytes = 64 * 1024;

/// codec: a video codec. The records are avcC and hvcC (ISO 14496-15), av1C, vpcC; the size of VP9
/// stands only in its key frames, so it stays 0 here.
result<live::track_config> video_config(live::codec_id codec, byte_view record);

/// aac: AudioSpecificConfig (ISO 14496-3, 1.6.2.1); opus: the identification header of RFC 7845.
result<live::track_config> audio_config(live::codec_id codec, byte_view record);

}  // namespace hearth::rtmp
