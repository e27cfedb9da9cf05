// What a configuration record says; players choose a decoder by it.
#include <boost/test/unit_test.hpp>

#include "coded_stream.hpp"
#include "media/packager/avc_record.hpp"
#include "media/packager/codec_string.hpp"
#include "media/packager/mp4_writer.hpp"

namespace hearth::packager {
namespace {

live::track_config video(const std::string& arguments) {
  return test::make_stream("-f lavfi -i testsrc=rate=30:size=" + arguments +
                           " -frames:v 2 -pix_fmt yuv420p")
      .configs.at(0);
}

std::string text(live::codec_id codec, bytes record) {
  live::track_config config;
  config.codec = codec;
  config.record = std::move(record);
  const auto made = codec_string(config);
  return made ? *made : made.error().message();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(codec)

BOOST_AUTO_TEST_CASE(the_size_of_the_picture_comes_from_the_stream) {
  const auto cropped = video("1280x718 -c:v libx264 -profile:v high");
  const auto size = *read_avc_size(cropped.record);
  BOOST_TEST(size.width == 1280);
  BOOST_TEST(size.height == 718);
  const auto fields = *read_avc_size(video("720x576 -c:v libx264 -flags +ilme+ildct").record);
  BOOST_TEST(fields.width == 720);
  BOOST_TEST(fields.height == 576);
  const auto hevc = video("642x358 -c:v libx265 -preset ultrafast -x265-params log-level=none");
  const auto large = *read_hevc_size(hevc.record);
  BOOST_TEST(large.width == 642);
  BOOST_TEST(large.height == 358);
}

BOOST_AUTO_TEST_CASE(any_cut_of_a_record_is_refused_or_read_without_harm) {
  for (const auto* arguments :
       {"320x180 -c:v libx264", "320x180 -c:v libx265 -x265-params log-level=none"}) {
    const auto config = video(arguments);
    for (std::size_t length = 0; length < config.record.size(); ++length) {
      bytes cut(config.record.begin(), config.record.begin() + static_cast<std::ptrdiff_t>(length));
      (void)read_avc_size(cut);
      (void)read_hevc_size(cut);
      auto changed = config.record;
      changed[length] ^= 0xff;
      (void)read_avc_size(changed);
      (void)read_hevc_size(changed);
    }
  }
  BOOST_TEST(read_avc_size(bytes{}).error() == make_error_code(errc::bad_config));
  BOOST_TEST(read_hevc_size(bytes(23, 0)).error() == make_error_code(errc::bad_config));
  BOOST_TEST(read_avc_size(bytes{1, 100, 0, 31, 255, 225, 255, 255}).error() ==
             make_error_code(errc::bad_config));
}

BOOST_AUTO_TEST_CASE(names_follow_rfc_6381) {
  using live::codec_id;
  BOOST_TEST(text(codec_id::h264, {1, 0x64, 0x00, 0x1f, 0xff}) == "avc1.64001f");
  BOOST_TEST(text(codec_id::hevc, {1, 0x01, 0x60, 0, 0, 0, 0xb0, 0, 0, 0, 0, 0, 93}) ==
             "hvc1.1.6.L93.B0");
  BOOST_TEST(text(codec_id::av1, {0x81, 0x04, 0x0c, 0x00}) == "av01.0.04M.08");
  BOOST_TEST(text(codec_id::vp9, {1, 0, 0, 0, 0, 31, 0x82, 1}) == "vp09.00.31.08");
  BOOST_TEST(text(codec_id::aac, {0x11, 0x90}) == "mp4a.40.2");
  BOOST_TEST(text(codec_id::opus, {}) == "opus");
  BOOST_TEST(text(codec_id::h264, {1}) == "the codec configuration is missing or broken");
  BOOST_TEST(text(codec_id::unknown, {}) == "this codec can't be packaged");
}

BOOST_AUTO_TEST_CASE(the_writer_says_why_it_refuses) {
  const auto refused = [](live::track_config config) {
    return mp4_writer::create(std::vector{std::move(config)}).error();
  };
  live::track_config config;
  BOOST_TEST(refused(config) == make_error_code(errc::unsupported_codec));
  config.codec = live::codec_id::h264;
  BOOST_TEST(refused(config) == make_error_code(errc::bad_config));
  config.record = bytes(20, 1);
  BOOST_TEST(refused(config) == make_error_code(errc::bad_dimensions));
  config.codec = live::codec_id::vp9;
  BOOST_TEST(refused(config) == make_error_code(errc::bad_dimensions));
  config.width = config.height = 100'000;
  BOOST_TEST(refused(config) == make_error_code(errc::bad_dimensions));
}

BOOST_AUTO_TEST_CASE(times_that_do_not_rise_are_the_muxers_error) {
  const auto config = video("320x180 -c:v libx264");
  const auto writer = *mp4_writer::create(std::vector{config});
  const bytes frame{0, 0, 0, 1, 9};
  BOOST_TEST(writer->add(0, {.dts = 9, .pts = 9, .duration = 1, .key_frame = true, .data = frame})
                 .has_value());
  const auto again = writer->add(0, {.dts = 9, .pts = 9, .duration = 1, .data = frame});
  BOOST_TEST(again.error() == make_error_code(errc::muxer_failed));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace hearth::packager
