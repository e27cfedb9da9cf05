// The server against a real ffmpeg: what people at an encoder and at a player would see.
#include <boost/test/unit_test.hpp>
#include <future>

#include "loopback.hpp"

using namespace hearth::rtmp;
using namespace hearth::rtmp::test;
namespace live = hearth::live;

namespace {

std::future<run_outcome> run_aside(const std::string& command) {
  return std::async(std::launch::async, run, command);
}

bool says(const run_outcome& outcome, std::string_view words) {
  return outcome.said.find(words) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ffmpeg)

BOOST_AUTO_TEST_CASE(ffmpeg_publishes_and_ffmpeg_plays_it_back) {
  loopback here;
  here.gate.add("key-of-the-stream");
  auto publisher = run_aside(publish_command(here.url("key-of-the-stream?user=x"), 4));
  BOOST_REQUIRE(eventually(
      [&] { return here.gate.stream("key-of-the-stream").stats->figures().video_packets > 30; }));

  const auto player =
      run("timeout 20 ffprobe -hide_banner -v error -read_intervals %+1 -show_entries "
          "stream=codec_name,width,height,sample_rate:packet=flags -of csv '" +
          here.url("key-of-the-stream") + "'");
  BOOST_TEST(says(player, "stream,h264,320,180"), player.said);
  BOOST_TEST(says(player, "stream,aac,44100"), player.said);

  const auto sent = publisher.get();
  BOOST_TEST(sent.status == 0, sent.said);
  const auto stream = here.gate.stream("key-of-the-stream");
  const auto figures = stream.stats->figures();
  BOOST_TEST((figures.video == live::codec_id::h264));
  BOOST_TEST((figures.audio == live::codec_id::aac));
  BOOST_TEST(figures.width == 320);
  BOOST_TEST(figures.height == 180);
  BOOST_TEST(figures.sample_rate == 44100);
  BOOST_TEST(figures.channels == 2);
  BOOST_TEST(figures.fps > 24.0);
  BOOST_TEST(figures.fps < 26.0);
  BOOST_TEST(figures.key_frame_interval.count() == 1000);
  BOOST_TEST(figures.video_packets == 100u);
  BOOST_TEST(eventually([&] { return stream.end->end().has_value(); }));
  BOOST_TEST((stream.end->end()->reason == live::end_reason::finished));
  BOOST_TEST(stream.end->count() == 1);
}

BOOST_AUTO_TEST_CASE(a_player_decodes_whole_pictures_from_the_first_on) {
  loopback here;
  here.gate.add("abcdef");
  auto publisher = run_aside(publish_command(here.url("abcdef"), 4));
  BOOST_REQUIRE(
      eventually([&] { return here.gate.stream("abcdef").stats->figures().video_packets > 35; }));
  const auto player = run("timeout 20 ffmpeg -nostdin -hide_banner -v warning -xerror -i '" +
                          here.url("abcdef") + "' -t 1 -f null -");
  BOOST_TEST(player.status == 0, player.said);
  BOOST_TEST(!says(player, "error"), player.said);
  (void)publisher.get();
  BOOST_TEST(eventually([&] { return here.gate.lease().use_count() == 2; }));
}

BOOST_AUTO_TEST_CASE(a_wrong_key_is_refused_with_a_reason_that_ffmpeg_prints) {
  loopback here;
  const auto publisher = run(publish_command(here.url("wrong-key"), 2));
  BOOST_TEST(publisher.status != 0);
  BOOST_TEST(says(publisher, "Unknown stream key."), publisher.said);
}

BOOST_AUTO_TEST_CASE(a_key_in_use_is_refused_with_a_reason_that_ffmpeg_prints) {
  loopback here;
  here.gate.add("abcdef");
  auto first = run_aside(publish_command(here.url("abcdef"), 3));
  BOOST_REQUIRE(
      eventually([&] { return here.gate.stream("abcdef").stats->figures().video_packets > 5; }));
  const auto second = run(publish_command(here.url("abcdef"), 2));
  BOOST_TEST(second.status != 0);
  BOOST_TEST(says(second, "Key already in use."), second.said);
  BOOST_TEST(first.get().status == 0);
}

BOOST_AUTO_TEST_CASE(an_unknown_application_is_refused_with_a_reason) {
  loopback here;
  auto url = here.url("abcdef");
  url.replace(url.find("/live/"), 6, "/vod/");
  const auto publisher = run(publish_command(url, 2));
  BOOST_TEST(publisher.status != 0);
  BOOST_TEST(says(publisher, "Unknown application"), publisher.said);
}

BOOST_AUTO_TEST_CASE(a_codec_that_is_not_carried_is_refused_with_a_reason) {
  loopback here;
  here.gate.add("abcdef");
  const auto publisher =
      run("timeout 20 ffmpeg -nostdin -hide_banner -v warning -re -f lavfi -i "
          "testsrc=size=320x180:rate=25 -t 3 -c:v flv1 -f flv '" +
          here.url("abcdef") + "'");
  BOOST_TEST(says(publisher, "send H.264"), publisher.said);
  const auto end = here.gate.stream("abcdef").end;
  BOOST_TEST(eventually([&] { return end->end().has_value(); }));
  BOOST_TEST((end->end()->reason == live::end_reason::failed));
}

BOOST_AUTO_TEST_CASE(the_owner_ends_a_publisher_which_learns_why) {
  loopback here;
  here.gate.add("abcdef");
  auto publisher = run_aside(publish_command(here.url("abcdef"), 10));
  BOOST_REQUIRE(
      eventually([&] { return here.gate.stream("abcdef").stats->figures().video_packets > 10; }));
  const auto stream = here.gate.stream("abcdef");
  const auto control = stream.control.lock();
  BOOST_REQUIRE(control);
  BOOST_TEST(control->bytes_received() > 3000u);
  control->end(code_denied, "The stream was stopped by its owner.");
  control->end(code_denied, "again");
  const auto sent = publisher.get();
  BOOST_TEST(sent.status != 0);
  BOOST_TEST(says(sent, "The stream was stopped by its owner."), sent.said);
  BOOST_TEST(eventually([&] { return stream.end->end().has_value(); }));
  BOOST_TEST((stream.end->end()->reason == live::end_reason::stopped));
  BOOST_TEST(stream.end->count() == 1);
}

BOOST_AUTO_TEST_CASE(a_player_of_an_unknown_stream_is_refused) {
  loopback here;
  const auto player = run("timeout 20 ffprobe -hide_banner -v error '" + here.url("nothing") + "'");
  BOOST_TEST(player.status != 0);
  BOOST_TEST(says(player, "No such stream."), player.said);
}

BOOST_AUTO_TEST_SUITE_END()
