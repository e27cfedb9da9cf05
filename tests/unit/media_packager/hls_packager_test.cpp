// How a publisher's packets become segments and parts.
#include "media/packager/hls_packager.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "playlist_reader.hpp"

namespace hearth::test {
namespace {

using live::track_kind;
using packager::errc;

// Seconds of the stream again and again, as a publisher who never stops.
coded_stream repeated(const coded_stream& stream, int times) {
  coded_stream all;
  all.configs = stream.configs;
  for (int i = 0; i < times; ++i) {
    const auto next = shifted(stream, i * 6'000);
    all.packets.insert(all.packets.end(), next.packets.begin(), next.packets.end());
  }
  return all;
}

coded_stream with_key_frames_every(coded_stream stream, std::int64_t interval_ms) {
  for (auto& packet : stream.packets) {
    if (packet.kind == track_kind::video) packet.key_frame &= packet.dts_ms % interval_ms == 0;
  }
  return stream;
}

coded_stream dark_stream() {
  return make_stream(
      "-f lavfi -i color=size=640x360:rate=25 -f lavfi -i sine=sample_rate=44100 -t 4 "
      "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 50 -c:a aac");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hls_packagers)

BOOST_AUTO_TEST_CASE(segments_begin_at_key_frames_and_parts_are_even) {
  packaging work;
  work.feed(repeated(usual_stream(), 4));
  const auto list = read(*work.store->playlist());
  BOOST_TEST(list.segments.size() == 8u);
  BOOST_TEST(list.independent);
  BOOST_TEST(list.target_duration == 2);
  for (const auto& segment : list.segments) {
    BOOST_TEST(std::abs(segment.duration - 2) < 0.002);
    if (!segment.parts.empty()) BOOST_TEST(segment.parts.front().independent);
    for (const auto& part : segment.parts)
      BOOST_TEST(std::abs(part.duration - 0.2) < 0.003);
  }
  BOOST_TEST(list.hint == "part_" + std::to_string(list.sequence + 8) + "_" +
                              std::to_string(list.growing.parts.size()) + ".m4s");
  BOOST_TEST(work.packager->codecs().starts_with("avc1.42c0"));
  BOOST_TEST(work.packager->codecs().ends_with(",mp4a.40.2"));
}

BOOST_AUTO_TEST_CASE(the_first_segment_is_short_so_that_the_picture_comes_soon) {
  packaging work;
  work.feed(usual_stream());
  BOOST_TEST(std::abs(read(*work.store->playlist()).segments.front().duration - 1) < 0.002);
}

BOOST_AUTO_TEST_CASE(what_was_said_of_a_segment_never_changes) {
  packaging work;
  std::map<std::string, std::string> seen;
  const auto stream = repeated(usual_stream(), 3);
  for (const auto& config : stream.configs)
    work.packager->on_config(config);
  std::uint64_t sequence = 0;
  for (const auto& packet : stream.packets) {
    work.packager->on_packet(packet);
    const auto text = work.store->playlist();
    if (!text) continue;
    const auto list = read(*text);
    BOOST_REQUIRE(list.sequence >= sequence);
    sequence = list.sequence;
    for (const auto& segment : list.segments) {
      const auto said = segment.date_time + segment.map + std::to_string(segment.duration);
      const auto [known, is_new] = seen.emplace(segment.uri, said);
      BOOST_REQUIRE(known->second == said);
    }
  }
}

BOOST_AUTO_TEST_CASE(long_groups_make_long_segments_and_endless_ones_are_cut) {
  packaging long_groups;
  long_groups.feed(with_key_frames_every(repeated(usual_stream(), 4), 4'000));
  const auto list = read(*long_groups.store->playlist());
  BOOST_TEST(std::abs(list.segments.back().duration - 4) < 0.002);
  BOOST_TEST(list.target_duration == 4);
  BOOST_TEST(list.independent);

  packaging endless;
  endless.feed(with_key_frames_every(repeated(usual_stream(), 6), 3'600'000));
  const auto cut = read(*endless.store->playlist());
  BOOST_TEST(cut.target_duration == 10);
  BOOST_TEST(cut.segments.size() == 3u);
  BOOST_TEST(!cut.independent);
  BOOST_TEST(!cut.segments[1].parts.front().independent);
  BOOST_TEST(endless.failures == 0);
}

BOOST_AUTO_TEST_CASE(another_configuration_is_a_discontinuity_with_its_own_init_segment) {
  packaging work;
  work.feed(usual_stream());
  work.feed(shifted(dark_stream(), 6'000));
  work.packager->on_end(live::end_reason::finished, "");
  const auto list = read(*work.store->playlist());
  BOOST_TEST(work.packager->stats().discontinuities == 1u);
  const auto change = std::find_if(list.segments.begin(), list.segments.end(),
                                   [](const read_segment& one) { return one.discontinuity; });
  BOOST_REQUIRE(change != list.segments.end());
  BOOST_TEST(change->map == "init_1.mp4");
  BOOST_TEST((change - 1)->map == "init_0.mp4");
  double sum = 0;
  for (const auto& segment : list.segments)
    sum += segment.duration;
  BOOST_TEST(std::abs(sum - 10) < 0.2);
  BOOST_TEST(list.ended);
}

BOOST_AUTO_TEST_CASE(the_same_configuration_again_changes_nothing) {
  packaging work;
  for (int i = 0; i < 3; ++i)
    work.feed(shifted(usual_stream(), i * 6'000));
  BOOST_TEST(work.packager->stats().discontinuities == 0u);
}

BOOST_AUTO_TEST_CASE(a_publisher_who_returns_goes_on_in_the_same_playlist) {
  packaging work;
  work.feed(usual_stream());
  work.packager->on_end(live::end_reason::lost, "no data for 10 s");
  BOOST_TEST(!work.store->ended());
  work.time.at += milliseconds(30'000);
  work.restart();
  work.feed(usual_stream());
  work.packager->on_end(live::end_reason::stopped, "");
  const auto list = read(*work.store->playlist());
  BOOST_TEST(list.ended);
  BOOST_TEST(list.sequence == 0u);
  BOOST_TEST(std::count_if(list.segments.begin(), list.segments.end(),
                           [](const read_segment& one) { return one.discontinuity; }) == 1);
  BOOST_TEST(list.segments.front().date_time == "2025-10-09T08:53:20.000Z");
}

BOOST_AUTO_TEST_CASE(sound_that_begins_late_joins) {
  auto stream = repeated(usual_stream(), 2);
  std::erase_if(stream.packets, [](const live::packet& packet) {
    return packet.kind == track_kind::audio && packet.dts_ms < 3'000;
  });
  packaging work;
  work.feed(stream);
  BOOST_TEST(work.packager->stats().discontinuities == 1u);
  BOOST_TEST(work.failures == 0);
  BOOST_TEST(read(*work.store->playlist()).segments.back().map == "init_1.mp4");
}

BOOST_AUTO_TEST_CASE(sound_that_falls_silent_does_not_hold_up_the_picture) {
  auto stream = repeated(usual_stream(), 3);
  std::erase_if(stream.packets, [](const live::packet& packet) {
    return packet.kind == track_kind::audio && packet.dts_ms > 5'000;
  });
  packaging work;
  work.feed(stream);
  BOOST_TEST(work.packager->stats().discontinuities == 1u);
  const auto list = read(*work.store->playlist());
  BOOST_TEST(list.segments.back().map == "init_1.mp4");
}

BOOST_AUTO_TEST_CASE(one_frame_a_second_still_flows) {
  auto stream = repeated(usual_stream(), 3);
  std::erase_if(stream.packets, [](const live::packet& packet) {
    return packet.kind == track_kind::video && !packet.key_frame;
  });
  packaging work;
  work.feed(stream);
  const auto list = read(*work.store->playlist());
  BOOST_TEST(list.part_target <= 0.5);
  BOOST_TEST(list.segments.size() >= 7u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace hearth::test
