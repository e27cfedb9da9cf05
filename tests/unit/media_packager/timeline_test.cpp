// Times in the file. Wrong ones are heard as clicks and seen as stutter.
#include "media/packager/timeline.hpp"

#include <boost/test/unit_test.hpp>

namespace hearth::packager {
namespace {

live::track_config aac_48k() {
  live::track_config config;
  config.kind = live::track_kind::audio;
  config.codec = live::codec_id::aac;
  config.record = {0x11, 0x90};
  return config;
}

live::packet at(live::track_kind kind, std::int64_t dts_ms, std::int64_t pts_ms) {
  live::packet packet;
  packet.kind = kind;
  packet.dts_ms = dts_ms;
  packet.pts_ms = pts_ms;
  packet.payload = std::make_shared<const bytes>(bytes{1});
  return packet;
}

placed sound(track_timeline& timeline, std::int64_t ms) {
  return timeline.place(at(live::track_kind::audio, ms, ms), 0);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(timeline)

BOOST_AUTO_TEST_CASE(rounded_milliseconds_become_even_samples) {
  auto timeline = *track_timeline::create(aac_48k());
  for (std::int64_t i = 0; i < 1'000; ++i) {
    const auto placed = sound(timeline, i * 1024 * 1000 / 48'000);
    BOOST_TEST(placed.dts == i * 1024);
    BOOST_TEST(placed.duration == 1024);
  }
}

BOOST_AUTO_TEST_CASE(a_real_gap_in_sound_stays_a_gap) {
  auto timeline = *track_timeline::create(aac_48k());
  sound(timeline, 0);
  BOOST_TEST(sound(timeline, 500).dts == 24'000);
}

BOOST_AUTO_TEST_CASE(a_clock_that_runs_slow_is_followed) {
  auto timeline = *track_timeline::create(aac_48k());
  std::int64_t last = -1;
  for (std::int64_t i = 0; i < 20'000; ++i) {  // stamps 5% too slow for the samples
    const auto stamp = i * 1024 * 950 / 48'000;
    const auto placed = sound(timeline, stamp);
    BOOST_REQUIRE(placed.dts > last);
    BOOST_REQUIRE(std::abs(placed.dts - stamp * 48) < 4'800);
    last = placed.dts;
  }
}

BOOST_AUTO_TEST_CASE(video_times_always_rise_and_never_show_before_they_decode) {
  live::track_config config;
  config.codec = live::codec_id::h264;
  auto timeline = *track_timeline::create(config);
  const auto first = timeline.place(at(live::track_kind::video, 100, 180), 100);
  BOOST_TEST(first.dts == 0);
  BOOST_TEST(first.pts == 7'200);
  const auto same = timeline.place(at(live::track_kind::video, 100, 20), 100);
  BOOST_TEST(same.dts == 1);
  BOOST_TEST(same.pts == 1);
  const auto far = timeline.place(at(live::track_kind::video, 133, 9'000'000), 100);
  BOOST_TEST(far.pts - far.dts == 900'000);
}

BOOST_AUTO_TEST_CASE(sound_configurations_are_read) {
  const auto low_complexity = *read_aac_config(bytes{0x12, 0x10});
  BOOST_TEST(low_complexity.object_type == 2);
  BOOST_TEST(low_complexity.sample_rate == 44'100);
  BOOST_TEST(low_complexity.channels == 2);
  BOOST_TEST(low_complexity.frame_samples == 1024);
  const auto high_efficiency = *read_aac_config(bytes{0x2b, 0x11, 0x88, 0x00});
  BOOST_TEST(high_efficiency.object_type == 5);
  BOOST_TEST(high_efficiency.sample_rate == 24'000);
  BOOST_TEST(read_aac_config(bytes{}).error() == make_error_code(errc::bad_config));
  BOOST_TEST(read_aac_config(bytes{0xff}).error() == make_error_code(errc::bad_config));
}

BOOST_AUTO_TEST_CASE(opus_packets_tell_their_length) {
  BOOST_TEST(opus_samples(bytes{0xfc}) == 960);    // CELT, 20 ms, one frame
  BOOST_TEST(opus_samples(bytes{0x08}) == 960);    // SILK, 20 ms
  BOOST_TEST(opus_samples(bytes{0xfd}) == 1'920);  // two frames
  BOOST_TEST(opus_samples(bytes{0xff, 0x03}) == 2'880);
  BOOST_TEST(opus_samples(bytes{0xff, 0x3f}) == 0);  // more than 120 ms
  BOOST_TEST(opus_samples(bytes{}) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace hearth::packager
