#include "media/live/stream_stats.hpp"

#include <boost/test/unit_test.hpp>

#include "media/live/fan_out.hpp"
#include "samples.hpp"

using namespace hearth::live;
using namespace hearth::live::test;
using hearth::milliseconds;

namespace {

class set_clock final : public hearth::clock {
 public:
  milliseconds wall() const override { return now; }
  milliseconds steady() const override { return now; }
  milliseconds now{0};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(stats)

BOOST_AUTO_TEST_CASE(rates_are_measured_from_the_packets) {
  set_clock clock;
  stream_stats stats(clock);
  stats.on_config(video_track());
  stats.on_config(audio_track());
  for (int i = 0; i < 300; ++i) {
    clock.now = milliseconds(i * 20);
    stats.on_packet(video_packet(i * 20, i % 100 == 0, 1000));
    if (i % 2 == 0) stats.on_packet(audio_packet(i * 20, 100));
  }
  const auto figures = stats.figures();
  BOOST_TEST(figures.fps == 50.0, boost::test_tools::tolerance(0.01));
  BOOST_TEST(static_cast<double>(figures.bitrate_bps) == 420'000.0,
             boost::test_tools::tolerance(0.02));
  BOOST_TEST(figures.key_frame_interval.count() == 2000);
  BOOST_TEST(figures.video_packets == 300u);
  BOOST_TEST(figures.audio_packets == 150u);
  BOOST_TEST(figures.bytes == 315'000u);
  BOOST_TEST((figures.video == codec_id::h264));
  BOOST_TEST((figures.audio == codec_id::aac));
  BOOST_TEST(figures.width == 640);
  BOOST_TEST(figures.sample_rate == 48000);
}

BOOST_AUTO_TEST_CASE(rates_are_zero_when_nothing_comes_any_more) {
  set_clock clock;
  stream_stats stats(clock);
  for (int i = 0; i < 100; ++i)
    stats.on_packet(video_packet(i * 20));
  BOOST_TEST(stats.figures().fps > 0);
  clock.now = milliseconds(6000);
  BOOST_TEST(stats.figures().fps == 0);
  BOOST_TEST(stats.figures().bitrate_bps == 0u);
  BOOST_TEST(stats.figures().video_packets == 100u);
}

BOOST_AUTO_TEST_CASE(one_packet_has_no_rate) {
  stream_stats stats;
  stats.on_packet(video_packet(0));
  BOOST_TEST(stats.figures().fps == 0);
  BOOST_TEST(stats.figures().bitrate_bps == 0u);
}

BOOST_AUTO_TEST_CASE(a_fan_out_feeds_all_its_sinks) {
  auto one = std::make_shared<stream_stats>();
  auto two = std::make_shared<stream_stats>();
  fan_out both({one, two});
  both.on_config(video_track());
  both.on_packet(video_packet(0));
  both.on_end(end_reason::finished, "");
  BOOST_TEST(one->figures().video_packets == 1u);
  BOOST_TEST(two->figures().video_packets == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
