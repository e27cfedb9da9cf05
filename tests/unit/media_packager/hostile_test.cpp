// Publishers who send nonsense: it costs them their stream, with a reason, and nobody else
// anything.
#include <boost/test/unit_test.hpp>
#include <limits>

#include "playlist_reader.hpp"

namespace hearth::test {
namespace {

using live::track_kind;
using packager::errc;

live::packet frame(track_kind kind, std::int64_t dts_ms, bool key, std::size_t size = 100) {
  live::packet made;
  made.kind = kind;
  made.key_frame = key;
  made.dts_ms = made.pts_ms = dts_ms;
  made.payload = std::make_shared<const bytes>(size, std::uint8_t{1});
  return made;
}

live::track_config video_config() {
  return usual_stream().configs.at(0);
}
live::track_config audio_config() {
  return usual_stream().configs.at(1);
}

// All that a stream may keep, with room for the segment that grows.
void check_bounded(const packaging& work) {
  const auto& options = work.store->options();
  BOOST_TEST(work.store->size_bytes() <= options.most_bytes + (64u << 20));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile)

BOOST_AUTO_TEST_CASE(clocks_that_jump_by_hours_make_a_discontinuity) {
  for (const std::int64_t jump : {3'600'000, -3'600'000, 60'000, -5'000}) {
    packaging work;
    work.feed(shifted(usual_stream(), 10'000'000));
    work.feed(shifted(usual_stream(), 10'006'000 + jump));
    work.packager->on_end(live::end_reason::finished, "");
    const auto list = read(*work.store->playlist());
    BOOST_TEST(work.failures == 0);
    BOOST_TEST(work.packager->stats().discontinuities == 1u);
    double sum = 0;
    for (const auto& segment : list.segments)
      sum += segment.duration;
    BOOST_TEST(sum > 11);
    BOOST_TEST(sum < 12.3);
  }
}

BOOST_AUTO_TEST_CASE(a_clock_that_jumps_all_the_time_ends_the_stream) {
  packaging work;
  work.feed(usual_stream());
  for (int i = 0; i < 1'000; ++i) {
    work.feed(shifted(usual_stream(), i % 2 == 0 ? 0 : 100'000'000));
    work.time.at = milliseconds(1'760'000'000'000);
  }
  BOOST_TEST(work.failures == 1);
  BOOST_TEST(work.failure == make_error_code(errc::too_many_changes));
  BOOST_TEST(work.store->ended());
  check_bounded(work);
}

BOOST_AUTO_TEST_CASE(ten_thousand_configurations_end_the_stream) {
  packaging work;
  work.feed(usual_stream());
  for (int i = 0; i < 10'000; ++i) {
    auto config = video_config();
    config.record.push_back(static_cast<std::uint8_t>(i));
    work.packager->on_config(config);
    work.packager->on_packet(frame(track_kind::video, 6'000 + i, true));
    work.packager->on_packet(frame(track_kind::audio, 6'000 + i, true));
  }
  BOOST_TEST(work.failures == 1);
  BOOST_TEST(work.failure == make_error_code(errc::too_many_changes));
  BOOST_TEST(work.reason.find("20 times within a minute") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_stream_without_a_key_frame_ends_with_that_reason) {
  packaging work;
  work.packager->on_config(video_config());
  work.packager->on_config(audio_config());
  for (std::int64_t at = 0; at < 60'000; at += 20) {
    work.packager->on_packet(frame(track_kind::video, at, false));
    work.packager->on_packet(frame(track_kind::audio, at, true));
  }
  BOOST_TEST(work.failures == 1);
  BOOST_TEST(work.failure == make_error_code(errc::no_key_frame));
  BOOST_TEST(work.reason.find("key frame interval") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(time_that_stands_still_without_a_key_frame_ends_too) {
  packaging work;
  work.packager->on_config(video_config());
  for (int i = 0; i < 20'000; ++i)
    work.packager->on_packet(frame(track_kind::video, 0, false));
  BOOST_TEST(work.failure == make_error_code(errc::no_key_frame));
}

BOOST_AUTO_TEST_CASE(frames_without_a_configuration_are_dropped_and_then_refused) {
  packaging work;
  for (int i = 0; i < 4'000; ++i)
    work.packager->on_packet(frame(track_kind::video, i * 33, true));
  BOOST_TEST(work.failures == 0);
  BOOST_TEST(work.packager->stats().dropped_packets == 4'000u);
  for (int i = 0; i < 4'000; ++i)
    work.packager->on_packet(frame(track_kind::video, i * 33, true));
  BOOST_TEST(work.failure == make_error_code(errc::bad_config));
}

BOOST_AUTO_TEST_CASE(records_that_are_none_end_the_stream) {
  const bytes records[] = {{}, {0}, bytes(40, 0xff), {1, 100, 0, 31, 255, 225, 0, 4, 103, 0, 0, 0}};
  for (const auto& record : records) {
    packaging work;
    auto config = video_config();
    config.record = record;
    config.width = 0;
    work.packager->on_config(config);
    for (int i = 0; i < 100; ++i)
      work.packager->on_packet(frame(track_kind::video, i * 33, true));
    BOOST_TEST(work.failures == 1);
    BOOST_TEST((work.failure == errc::bad_config || work.failure == errc::bad_dimensions));
  }
}

BOOST_AUTO_TEST_CASE(a_codec_nobody_knows_ends_the_stream) {
  packaging work;
  live::track_config config;
  work.packager->on_config(config);
  for (int i = 0; i < 100; ++i)
    work.packager->on_packet(frame(track_kind::video, i * 33, true));
  BOOST_TEST(work.failure == make_error_code(errc::unsupported_codec));
}

BOOST_AUTO_TEST_CASE(empty_and_timeless_packets_are_dropped) {
  packaging work;
  work.feed(usual_stream());
  auto null = frame(track_kind::video, 6'000, true);
  null.payload = nullptr;
  work.packager->on_packet(null);
  work.packager->on_packet(frame(track_kind::video, 6'000, true, 0));
  for (const auto time :
       {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
    work.packager->on_packet(frame(track_kind::audio, time, true));
    auto packet = frame(track_kind::video, 6'000, true);
    packet.pts_ms = time;
    work.packager->on_packet(packet);
  }
  BOOST_TEST(work.packager->stats().dropped_packets == 6u);
  BOOST_TEST(work.failures == 0);
}

BOOST_AUTO_TEST_CASE(a_frame_of_seventeen_megabytes_ends_the_stream) {
  packaging work;
  work.feed(usual_stream());
  work.packager->on_packet(frame(track_kind::video, 6'033, false, 17u << 20));
  BOOST_TEST(work.failure == make_error_code(errc::packet_too_large));
  BOOST_TEST(work.store->ended());
  work.packager->on_packet(frame(track_kind::video, 6'066, true));
  work.packager->on_end(live::end_reason::finished, "");
  BOOST_TEST(work.failures == 1);
}

BOOST_AUTO_TEST_CASE(time_that_stands_still_takes_bounded_memory) {
  packaging work;
  work.feed(usual_stream());
  for (int i = 0; i < 200'000; ++i) {
    work.packager->on_packet(frame(track_kind::video, 6'000, false, 2'000));
  }
  BOOST_TEST(work.failures == 0);
  check_bounded(work);
}

BOOST_AUTO_TEST_CASE(a_flood_of_bytes_takes_bounded_memory) {
  packaging work;
  work.feed(usual_stream());
  for (int i = 0; i < 400; ++i) {
    work.packager->on_packet(frame(track_kind::video, 6'000 + i * 33, i % 30 == 0, 2u << 20));
    check_bounded(work);
  }
  BOOST_TEST(work.failures == 0);
}

BOOST_AUTO_TEST_CASE(every_field_of_every_packet_may_be_nonsense) {
  // A fixed walk over times and flags; nothing may crash, whatever comes out.
  std::uint64_t state = 1;
  const auto next = [&state](std::uint64_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % below;
  };
  for (int round = 0; round < 50; ++round) {
    packaging work;
    work.packager->on_config(video_config());
    work.packager->on_config(audio_config());
    std::int64_t at = 0;
    for (int i = 0; i < 2'000; ++i) {
      at += static_cast<std::int64_t>(next(60)) - 20;
      if (next(500) == 0) at += static_cast<std::int64_t>(next(40'000)) - 20'000;
      auto packet =
          frame(next(2) == 0 ? track_kind::video : track_kind::audio, at, next(9) == 0, next(300));
      packet.pts_ms += static_cast<std::int64_t>(next(20'000)) - 5'000;
      work.packager->on_packet(packet);
      work.time.at += milliseconds(20);
    }
    work.packager->on_end(live::end_reason::finished, "");
    if (const auto text = work.store->playlist()) (void)read(*text);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace hearth::test
