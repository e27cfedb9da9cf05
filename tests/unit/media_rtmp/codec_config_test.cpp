// Records made by x264, x265, libaom, libvpx, FFmpeg's AAC and libopus.
#include "media/rtmp/codec_config.hpp"

#include <boost/test/unit_test.hpp>

#include "media/rtmp/video_size.hpp"
#include "scripted_client.hpp"

using namespace hearth::rtmp;
using namespace hearth::rtmp::test;
using hearth::byte_view;
using hearth::bytes;
using hearth::live::codec_id;

namespace {

constexpr std::string_view avc_576i =
    "017a001effe10018677a001ebcd940b424d8088000000300800000190f8a14cb01000668fba3cb22c0fef8f800";
constexpr std::string_view hevc_322x182 =
    "0101600000009000000000003cf000fcfdf8f800000f03a00001001840010c01ffff016000000300900000030000"
    "03003c959809a10001002a42010101600000030090000003000003003ca00a480b9c9596566924caf016808000000"
    "3008000000c84a2000100074401c172b46240";
constexpr std::string_view av1_322x182 = "812000000a0d200000043d06d4daf92021a004";
constexpr std::string_view vp9_key_322x182 = "a2498342e014100b560838241c184a0009707fd9fa";
constexpr std::string_view opus_mono = "4f707573486561640101380180bb0000000000";

void expect_size(codec_id codec, std::string_view record, int width, int height) {
  const auto config = video_config(codec, *hearth::from_hex(record));
  BOOST_REQUIRE(config.has_value());
  BOOST_TEST(config->width == width);
  BOOST_TEST(config->height == height);
  BOOST_TEST((config->codec == codec));
  BOOST_TEST((config->record == *hearth::from_hex(record)));
}

/// Every cut either fails or says some size: none may crash or read too far.
void expect_cuts_refused(codec_id codec, std::string_view record, std::size_t needed) {
  const auto whole = *hearth::from_hex(record);
  for (std::size_t size = 0; size < needed; ++size) {
    const auto config = video_config(codec, byte_view(whole).first(size));
    BOOST_TEST((!config && config.error() == errc::bad_config), "cut at " << size);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(codec_configs)

BOOST_AUTO_TEST_CASE(picture_sizes_are_read_from_the_records) {
  expect_size(codec_id::h264, avc_record_1080p, 1920, 1080);
  expect_size(codec_id::h264, avc_576i, 720, 576);
  expect_size(codec_id::hevc, hevc_322x182, 322, 182);
  expect_size(codec_id::av1, av1_322x182, 322, 182);
  expect_size(codec_id::av1, "81200000", 0, 0);
  expect_size(codec_id::vp9, "01000000010b870202000000", 0, 0);
  const auto vp9 = vp9_key_frame_size(*hearth::from_hex(vp9_key_322x182));
  BOOST_REQUIRE(vp9.has_value());
  BOOST_TEST(vp9->width == 322);
  BOOST_TEST(vp9->height == 182);
}

BOOST_AUTO_TEST_CASE(cut_records_are_refused) {
  expect_cuts_refused(codec_id::h264, avc_record_1080p, 8 + 27);
  expect_cuts_refused(codec_id::hevc, hevc_322x182, 90);
  expect_cuts_refused(codec_id::av1, av1_322x182, 4);
  const auto frame = *hearth::from_hex(vp9_key_322x182);
  for (std::size_t size = 0; size < 9; ++size) {
    BOOST_TEST(!vp9_key_frame_size(byte_view(frame).first(size)).has_value());
  }
}

BOOST_AUTO_TEST_CASE(nonsense_is_refused) {
  BOOST_TEST((video_config(codec_id::h264, bytes(40, 0xff)).error() == errc::bad_config));
  BOOST_TEST((video_config(codec_id::h264, bytes(40, 0)).error() == errc::bad_config));
  BOOST_TEST((video_config(codec_id::hevc, bytes(40, 1)).error() == errc::bad_config));
  BOOST_TEST(
      (video_config(codec_id::av1, *hearth::from_hex("8120000012")).error() == errc::bad_config));
  BOOST_TEST(
      (video_config(codec_id::vp9, bytes(most_config_bytes + 1)).error() == errc::bad_config));
  BOOST_TEST((video_config(codec_id::unknown, bytes(4)).error() == errc::unsupported_codec));
  BOOST_TEST(!h264_sps_size(*hearth::from_hex("67640028ffffffffffffff")).has_value());
}

BOOST_AUTO_TEST_CASE(audio_records_say_rate_and_channels) {
  const auto aac = audio_config(codec_id::aac, *hearth::from_hex(aac_record_22050));
  BOOST_REQUIRE(aac.has_value());
  BOOST_TEST(aac->sample_rate == 22050);
  BOOST_TEST(aac->channels == 1);
  const auto stereo = audio_config(codec_id::aac, *hearth::from_hex("1190"));
  BOOST_TEST(stereo->sample_rate == 48000);
  BOOST_TEST(stereo->channels == 2);
  const auto high_efficiency = audio_config(codec_id::aac, *hearth::from_hex("eb098800"));
  BOOST_TEST(high_efficiency->sample_rate == 48000);
  BOOST_TEST(high_efficiency->channels == 2);
  const auto opus = audio_config(codec_id::opus, *hearth::from_hex(opus_mono));
  BOOST_REQUIRE(opus.has_value());
  BOOST_TEST(opus->sample_rate == 48000);
  BOOST_TEST(opus->channels == 1);
}

BOOST_AUTO_TEST_CASE(bad_audio_records_are_refused) {
  for (std::string_view record : {"", "12", "0000", "16ffffff"}) {
    BOOST_TEST(
        (audio_config(codec_id::aac, *hearth::from_hex(record)).error() == errc::bad_config));
  }
  BOOST_TEST((audio_config(codec_id::opus, bytes(19)).error() == errc::bad_config));
  BOOST_TEST((audio_config(codec_id::opus, *hearth::from_hex("4f70757348656164")).error() ==
              errc::bad_config));
}

BOOST_AUTO_TEST_SUITE_END()
