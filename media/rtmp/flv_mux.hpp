// Live packets as FLV tags for RTMP players: the old form for H.264 and AAC, Enhanced RTMP for the
// rest. Headers only; payloads are shared, never copied here.
#pragma once
#include "media/live/packet.hpp"
#include "media/rtmp/amf0.hpp"

namespace hearth::rtmp {

/// What stands before a packet's payload in its tag (5 to 8 bytes).
void append_packet_header(bytes& out, const live::packet& packet, live::codec_id codec);

/// A whole tag: the sequence header that announces a track.
bytes config_tag(const live::track_config& config);

/// The object of onMetaData for these tracks.
amf0 metadata_of(const std::vector<std::shared_ptr<const live::track_config>>& tracks);

}  // namespace hearth::rtmp
