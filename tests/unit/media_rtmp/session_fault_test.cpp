// Conversations that go wrong: each fault has its error, and the client is told where it can be.
#include "scripted_talk.hpp"

using namespace hearth::rtmp;
using namespace hearth::rtmp::test;
using hearth::byte_view;
using hearth::bytes;
namespace live = hearth::live;

BOOST_AUTO_TEST_SUITE(session_faults)

BOOST_AUTO_TEST_CASE(commands_at_the_wrong_time_or_without_what_they_need_are_refused) {
  const auto after = [](bool connect, const std::vector<bytes>& steps) {
    talk here;
    auto all = client_handshake();
    if (connect) append(all, connect_command());
    for (const auto& step : steps)
      append(all, step);
    const auto ok = here.say(all);
    return ok ? hearth::error_code() : ok.error();
  };
  const auto create = command({"createStream", 2.0, amf0()});
  BOOST_TEST((after(false, {create}) == errc::bad_command));
  BOOST_TEST((after(false, {command({"connect", 1.0})}) == errc::bad_command));
  BOOST_TEST((after(true, {connect_command()}) == errc::bad_command));
  BOOST_TEST((after(true, {publish_command_bytes("x")}) == errc::bad_command));
  BOOST_TEST((after(true, {create, publish_command_bytes("x", 2)}) == errc::bad_command));
  BOOST_TEST((after(true, {create, command({"publish", 3.0, amf0()}, 1)}) == errc::bad_command));
  BOOST_TEST(
      (after(true, {create, command({"publish", 3.0, amf0(), 7.0}, 1)}) == errc::bad_command));
  BOOST_TEST(
      (after(true, {create, publish_command_bytes(std::string(300, 'x'))}) == errc::bad_command));
  BOOST_TEST((after(true, {create, publish_command_bytes("x"), publish_command_bytes("y")}) ==
              errc::bad_command));
  BOOST_TEST((after(true, {command({3.0})}) == errc::bad_command));
  BOOST_TEST((after(true, {command({})}) == errc::bad_command));
  BOOST_TEST((after(true, std::vector<bytes>(9, create)) == errc::too_many_streams));
  BOOST_TEST(
      (after(true, {wire({message_type::command_amf0, 0, 0, bytes{2, 0}})}) == errc::bad_amf0));
  BOOST_TEST((after(true, {wire({message_type::user_control, 0, 0, bytes{0}}, 128, 2)}) ==
              errc::bad_chunk));
  BOOST_TEST((after(true, {wire({message_type::user_control, 0, 0, bytes{0, 6}}, 128, 2)}) ==
              errc::bad_chunk));
  BOOST_TEST((after(true, {wire({message_type::window_ack_size, 0, 0, bytes{0}}, 128, 2)}) ==
              errc::bad_chunk));
}

BOOST_AUTO_TEST_CASE(bad_media_tells_the_publisher_why) {
  talk here;
  BOOST_REQUIRE(here.say(publisher_opening("secret")));
  const auto bad = here.say(wire({message_type::video, 0, 1, bytes{0x12, 0, 0, 0, 0}}));
  BOOST_REQUIRE((bad.error() == errc::unsupported_codec));
  here.server.fail(bad.error());
  here.heard.feed(here.server.take_output());
  BOOST_TEST(here.heard.last("onStatus")->text("description") == bad.error().message());
  BOOST_TEST((here.kept->ends.at(0).reason == live::end_reason::failed));
}

BOOST_AUTO_TEST_CASE(answers_that_nobody_reads_are_bounded) {
  talk here;
  BOOST_REQUIRE(here.say(publisher_opening("secret")));
  bytes pings;
  const auto ping =
      wire({message_type::user_control, 0, 0, *hearth::from_hex("000600000000")}, 128, 2);
  for (int i = 0; i < 20'000; ++i)
    append(pings, ping);
  byte_view rest(pings);
  BOOST_TEST((here.server.feed(rest).error() == errc::output_full));
}

BOOST_AUTO_TEST_CASE(every_error_has_its_own_words) {
  for (int value = 1; value <= static_cast<int>(errc::output_full); ++value) {
    BOOST_TEST(rtmp_category().message(value) != "unknown error");
  }
  BOOST_TEST(rtmp_category().message(99) == "unknown error");
}

BOOST_AUTO_TEST_SUITE_END()
