#include <boost/test/unit_test.hpp>

#include "media/rtmp/flv_demux.hpp"
#include "media/rtmp/flv_mux.hpp"
#include "media/rtmp/fourcc.hpp"
#include "media/rtmp/timeline.hpp"
#include "scripted_client.hpp"

using namespace hearth::rtmp;
using namespace hearth::rtmp::test;
using hearth::bytes;
using hearth::live::codec_id;
using hearth::live::track_kind;

namespace {

bytes enhanced(std::uint8_t first, std::string_view mark, std::string_view hex_body) {
  bytes out{first};
  append(out, hearth::as_bytes(mark));
  append(out, *hearth::from_hex(hex_body));
  return out;
}

constexpr std::string_view av1_record = "812000000a0d200000043d06d4daf92021a004";
constexpr std::string_view vp9_key = "a2498342e014100b560838241c184a0009707fd9fa";

struct demuxing {
  kept_stream kept;
  flv_demux demux{kept};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(flv_tags)

BOOST_AUTO_TEST_CASE(avc_and_aac_become_configurations_and_packets) {
  demuxing here;
  BOOST_REQUIRE(here.demux.video(0, avc_config_tag()));
  BOOST_REQUIRE(here.demux.audio(0, aac_config_tag()));
  BOOST_REQUIRE(here.demux.video(1000, avc_key_tag()));
  BOOST_REQUIRE(here.demux.audio(1010, aac_frame_tag()));
  BOOST_REQUIRE(here.demux.video(1040, avc_inter_tag()));
  BOOST_REQUIRE(here.kept.configs.size() == 2u);
  BOOST_TEST(here.kept.configs[0].width == 1920);
  BOOST_TEST(here.kept.configs[1].sample_rate == 22050);
  BOOST_REQUIRE(here.kept.packets.size() == 3u);
  const auto& key = here.kept.packets[0];
  BOOST_TEST(key.key_frame);
  BOOST_TEST(key.dts_ms == 1000);
  BOOST_TEST(key.pts_ms == 1040);
  BOOST_TEST((*key.payload == *hearth::from_hex("0000000265880000000109")));
  BOOST_TEST((here.kept.packets[1].kind == track_kind::audio));
  BOOST_TEST(here.kept.packets[1].key_frame);
  BOOST_TEST(!here.kept.packets[2].key_frame);
  BOOST_TEST(here.kept.packets[2].pts_ms == 1000);  // 40 ms before: a negative composition time
}

BOOST_AUTO_TEST_CASE(a_repeated_configuration_is_told_once_and_a_new_one_again) {
  demuxing here;
  for (int i = 0; i < 3; ++i)
    BOOST_REQUIRE(here.demux.audio(0, aac_config_tag()));
  BOOST_REQUIRE(here.demux.audio(0, tag({0xaf, 0}, "1190")));
  BOOST_TEST(here.kept.configs.size() == 2u);
}

BOOST_AUTO_TEST_CASE(frames_before_their_configuration_are_dropped) {
  demuxing here;
  BOOST_REQUIRE(here.demux.video(0, avc_key_tag()));
  BOOST_REQUIRE(here.demux.audio(0, aac_frame_tag()));
  BOOST_TEST(here.kept.packets.empty());
  BOOST_TEST(here.demux.dropped() == 2u);
}

BOOST_AUTO_TEST_CASE(empty_and_informative_tags_are_ignored) {
  demuxing here;
  for (const auto& harmless : {bytes{}, bytes{0x57, 0}, tag({0x17, 2, 0, 0, 0}, ""),
                               tag({0x17, 0, 0, 0, 0}, ""), enhanced(0x94, "hvc1", "00")}) {
    BOOST_TEST(here.demux.video(0, harmless).has_value());
  }
  BOOST_TEST(here.demux.audio(0, bytes{}).has_value());
  BOOST_TEST(here.demux.audio(0, tag({0xaf, 0}, "")).has_value());
  BOOST_TEST(here.kept.configs.empty());
}

BOOST_AUTO_TEST_CASE(enhanced_rtmp_carries_av1_vp9_and_opus) {
  demuxing here;
  BOOST_REQUIRE(here.demux.video(0, enhanced(0x90, "av01", av1_record)));
  BOOST_REQUIRE(here.demux.video(5, enhanced(0x91, "av01", "0a0b")));
  BOOST_REQUIRE(
      here.demux.audio(0, enhanced(0x90, "Opus", "4f707573486561640101380180bb0000000000")));
  BOOST_REQUIRE(here.demux.audio(6, enhanced(0x91, "Opus", "fc0102")));
  BOOST_REQUIRE(here.kept.configs.size() == 2u);
  BOOST_TEST((here.kept.configs[0].codec == codec_id::av1));
  BOOST_TEST(here.kept.configs[0].width == 322);
  BOOST_TEST((here.kept.configs[1].codec == codec_id::opus));
  BOOST_REQUIRE(here.kept.packets.size() == 2u);
  BOOST_TEST(here.kept.packets[0].key_frame);
  BOOST_TEST((*here.kept.packets[0].payload == bytes{0x0a, 0x0b}));
  BOOST_TEST((*here.kept.packets[1].payload == bytes{0xfc, 1, 2}));
}

BOOST_AUTO_TEST_CASE(vp9_is_announced_with_the_size_in_its_first_key_frame) {
  demuxing here;
  BOOST_REQUIRE(here.demux.video(0, enhanced(0x90, "vp09", "01000000010b870202000000")));
  BOOST_REQUIRE(here.demux.video(0, enhanced(0xa1, "vp09", "86")));
  BOOST_TEST(here.kept.configs.empty());
  BOOST_REQUIRE(here.demux.video(40, enhanced(0x91, "vp09", vp9_key)));
  BOOST_REQUIRE(here.kept.configs.size() == 1u);
  BOOST_TEST(here.kept.configs[0].width == 322);
  BOOST_TEST(here.kept.packets.size() == 1u);
}

BOOST_AUTO_TEST_CASE(enhanced_hevc_has_a_composition_time_only_where_it_says_so) {
  demuxing here;
  const std::string_view record =
      "0101600000009000000000003cf000fcfdf8f800000f01a10001002a42010101600000030090000003000003003c"
      "a00a480b9c9596566924caf0168080000003008000000c84";
  BOOST_REQUIRE(here.demux.video(0, enhanced(0x90, "hvc1", record)));
  BOOST_REQUIRE(here.demux.video(0, enhanced(0x91, "hvc1", "000050aabb")));
  BOOST_REQUIRE(here.demux.video(40, enhanced(0xa3, "hvc1", "ccdd")));
  BOOST_REQUIRE(here.kept.packets.size() == 2u);
  BOOST_TEST(here.kept.packets[0].pts_ms == 80);
  BOOST_TEST((*here.kept.packets[0].payload == bytes{0xaa, 0xbb}));
  BOOST_TEST(here.kept.packets[1].pts_ms == 40);
  BOOST_TEST((*here.kept.packets[1].payload == bytes{0xcc, 0xdd}));
}

BOOST_AUTO_TEST_CASE(modifiers_of_enhanced_rtmp_are_skipped) {
  demuxing here;
  bytes modified{0x97, 2, 1, 2, 3, 0x00};  // three bytes of modifier, then a sequence start
  append(modified, enhanced(0, "av01", av1_record));
  modified.erase(modified.begin() + 6);
  BOOST_REQUIRE(here.demux.video(0, modified));
  BOOST_TEST(here.kept.configs.size() == 1u);
  BOOST_TEST((here.demux.video(0, bytes{0x97, 200, 1}).error() == errc::bad_media));
  BOOST_TEST((here.demux.video(0, bytes{0x97, 0, 1}).error() == errc::bad_media));
}

BOOST_AUTO_TEST_CASE(bad_tags_and_foreign_codecs_are_refused) {
  demuxing here;
  BOOST_TEST((here.demux.video(0, bytes{0x17, 1, 0}).error() == errc::bad_media));
  BOOST_TEST((here.demux.audio(0, bytes{0xaf}).error() == errc::bad_media));
  BOOST_TEST((here.demux.video(0, enhanced(0x90, "hv", "")).error() == errc::bad_media));
  BOOST_TEST((here.demux.audio(0, enhanced(0x90, "Op", "")).error() == errc::bad_media));
  BOOST_TEST((here.demux.video(0, bytes{0x12, 0, 0, 0, 0}).error() == errc::unsupported_codec));
  BOOST_TEST((here.demux.audio(0, bytes{0x2f, 0}).error() == errc::unsupported_codec));
  BOOST_TEST(
      (here.demux.video(0, enhanced(0x90, "vvc1", "00")).error() == errc::unsupported_codec));
  BOOST_TEST(
      (here.demux.video(0, enhanced(0x96, "hvc1", "00")).error() == errc::unsupported_codec));
  BOOST_TEST(
      (here.demux.audio(0, enhanced(0x95, "Opus", "00")).error() == errc::unsupported_codec));
  BOOST_TEST(
      (here.demux.audio(0, enhanced(0x90, "hvc1", "00")).error() == errc::unsupported_codec));
  BOOST_TEST((here.demux.video(0, tag({0x17, 0, 0, 0, 0}, "01ff")).error() == errc::bad_config));
}

BOOST_AUTO_TEST_CASE(time_goes_on_over_wraps_and_jumps) {
  timeline wrapped;
  BOOST_TEST(wrapped.at(0xfffffff0) == 0xfffffff0);
  BOOST_TEST(wrapped.at(0x10) == 0x100000010);
  BOOST_TEST(wrapped.at(0x08) == 0x100000008);  // interleaving: a small step back
  timeline jumping;
  BOOST_TEST(jumping.at(50'000) == 50'000);
  BOOST_TEST(jumping.at(0) == 50'001);  // the publisher's clock was set anew
  BOOST_TEST(jumping.at(40) == 50'041);
  BOOST_TEST(jumping.at(4'000'000) == 50'042);
  BOOST_TEST(jumping.at(4'000'040) == 50'082);
}

BOOST_AUTO_TEST_CASE(decoding_times_never_go_back_in_a_track) {
  demuxing here;
  BOOST_REQUIRE(here.demux.audio(0, aac_config_tag()));
  BOOST_REQUIRE(here.demux.audio(500, aac_frame_tag()));
  BOOST_REQUIRE(here.demux.audio(480, aac_frame_tag()));
  BOOST_REQUIRE(here.demux.audio(520, aac_frame_tag()));
  BOOST_TEST(here.kept.packets[1].dts_ms == 500);
  BOOST_TEST(here.kept.packets[2].dts_ms == 520);
}

BOOST_AUTO_TEST_CASE(what_is_muxed_for_a_player_demuxes_to_the_same) {
  struct sample {
    codec_id codec;
    track_kind kind;
    std::string_view record;
  };
  for (const auto& each :
       {sample{codec_id::h264, track_kind::video, avc_record_1080p},
        sample{codec_id::av1, track_kind::video, av1_record},
        sample{codec_id::aac, track_kind::audio, aac_record_22050},
        sample{codec_id::opus, track_kind::audio, "4f707573486561640101380180bb0000000000"}}) {
    hearth::live::track_config config;
    config.kind = each.kind;
    config.codec = each.codec;
    config.record = *hearth::from_hex(each.record);
    hearth::live::packet packet;
    packet.kind = each.kind;
    packet.key_frame = true;
    packet.dts_ms = 40;
    packet.pts_ms = each.codec == codec_id::h264 ? 20 : 40;
    packet.payload = std::make_shared<bytes>(bytes{1, 2, 3});
    bytes frame;
    append_packet_header(frame, packet, each.codec);
    append(frame, *packet.payload);
    demuxing here;
    const bool video = each.kind == track_kind::video;
    const auto head = config_tag(config);
    BOOST_REQUIRE((video ? here.demux.video(0, head) : here.demux.audio(0, head)).has_value());
    BOOST_REQUIRE((video ? here.demux.video(40, frame) : here.demux.audio(40, frame)).has_value());
    BOOST_REQUIRE(here.kept.configs.size() == 1u);
    BOOST_TEST((here.kept.configs[0].record == config.record));
    BOOST_REQUIRE(here.kept.packets.size() == 1u);
    BOOST_TEST((*here.kept.packets[0].payload == *packet.payload));
    BOOST_TEST(here.kept.packets[0].pts_ms == packet.pts_ms);
  }
}

BOOST_AUTO_TEST_SUITE_END()
