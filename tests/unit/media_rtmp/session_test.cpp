// Whole conversations, scripted: what encoders and players say, step by step, and what goes wrong.
#include "media/rtmp/session.hpp"

#include "media/rtmp/gate.hpp"
#include "scripted_talk.hpp"

using namespace hearth::rtmp;
using namespace hearth::rtmp::test;
using hearth::byte_view;
using hearth::bytes;
namespace live = hearth::live;

namespace {

bytes player_opening(std::string_view name) {
  auto out = client_handshake();
  append(out, connect_command());
  append(out, command({"createStream", 2.0, amf0()}));
  append(out, command({"play", 3.0, amf0(), name, -2000.0}, 1));
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sessions)

BOOST_AUTO_TEST_CASE(a_publisher_is_heard_in_pieces_of_any_size) {
  for (std::size_t piece : {1u, 100u, 100'000u}) {
    talk here;
    BOOST_REQUIRE(here.say(publisher_opening("secret?user=me"), piece));
    BOOST_TEST(here.asked_name == "secret");
    BOOST_TEST((here.server.now() == session::role::publisher));
    const auto* connected = here.heard.last("_result");
    BOOST_REQUIRE(connected);
    BOOST_TEST(here.heard.last("onFCPublish") != nullptr);
    const auto* status = here.heard.last("onStatus");
    BOOST_REQUIRE(status);
    BOOST_TEST(status->text("code") == "NetStream.Publish.Start");
    BOOST_TEST(status->stream == 1u);
    here.send_media(message_type::video, 0, avc_config_tag());
    here.send_media(message_type::video, 0, avc_key_tag());
    BOOST_TEST(here.kept->configs.size() == 1u);
    BOOST_TEST(here.kept->packets.size() == 1u);
  }
}

BOOST_AUTO_TEST_CASE(connecting_is_answered_with_what_the_client_needs) {
  talk here;
  auto opening = client_handshake();
  append(opening, connect_command("live/?x=1"));
  BOOST_REQUIRE(here.say(opening));
  BOOST_TEST(here.server.connected());
  BOOST_TEST(here.server.software() == "FMLE/3.0");
  BOOST_TEST(here.server.app() == "live/");
  for (const auto type : {message_type::window_ack_size, message_type::set_peer_bandwidth,
                          message_type::set_chunk_size}) {
    BOOST_TEST(here.heard.last(type) != nullptr);
  }
  const auto* result = here.heard.last("_result");
  BOOST_REQUIRE(result);
  BOOST_TEST(result->text("code") == "NetConnection.Connect.Success");
  BOOST_TEST(result->values[2].find("fourCcList") != nullptr);
}

BOOST_AUTO_TEST_CASE(an_unknown_application_is_refused_and_closed) {
  for (std::string_view app : {"vod", "", "livestream"}) {
    talk here;
    auto opening = client_handshake();
    append(opening, connect_command(app));
    BOOST_REQUIRE(here.say(opening));
    BOOST_TEST(here.server.closing());
    const auto* refused = here.heard.last("_error");
    BOOST_REQUIRE(refused);
    BOOST_TEST(refused->text("code") == "NetConnection.Connect.InvalidApp");
  }
}

BOOST_AUTO_TEST_CASE(a_key_in_the_address_is_taken_when_no_name_is_given) {
  talk here;
  auto opening = client_handshake();
  append(opening, connect_command("live/secret/"));
  append(opening, command({"createStream", 4.0, amf0()}));
  append(opening, publish_command_bytes(""));
  BOOST_REQUIRE(here.say(opening));
  BOOST_TEST(here.asked_name == "secret");
}

BOOST_AUTO_TEST_CASE(a_refusal_says_why_and_closes) {
  talk here;
  const auto opening = publisher_opening("wrong");
  byte_view rest(opening);
  BOOST_REQUIRE(here.server.feed(rest));
  BOOST_REQUIRE((here.server.asks() == session::question::publish));
  here.server.refuse(code_bad_name, "Unknown stream key.");
  here.heard.feed(here.server.take_output());
  BOOST_TEST(here.server.closing());
  const auto* status = here.heard.last("onStatus");
  BOOST_REQUIRE(status);
  BOOST_TEST(status->text("level") == "error");
  BOOST_TEST(status->text("code") == code_bad_name);
  BOOST_TEST(status->text("description") == "Unknown stream key.");
}

BOOST_AUTO_TEST_CASE(nothing_is_read_while_a_question_is_open) {
  talk here;
  auto data = publisher_opening("secret");
  append(data, wire({message_type::video, 0, 1, avc_config_tag()}, first_chunk_bytes, 6));
  byte_view rest(data);
  BOOST_REQUIRE(here.server.feed(rest));
  const auto left = rest.size();
  BOOST_TEST(left > 0u);
  BOOST_REQUIRE(here.server.feed(rest));
  BOOST_TEST(rest.size() == left);
  here.server.accept_publish(here.kept);
  BOOST_REQUIRE(here.server.feed(rest));
  BOOST_TEST(here.kept->configs.size() == 1u);
}

BOOST_AUTO_TEST_CASE(every_way_to_end_a_stream_is_told_once_with_its_reason) {
  for (std::string_view last : {"FCUnpublish", "deleteStream", "closeStream"}) {
    talk here;
    BOOST_REQUIRE(here.say(publisher_opening("secret")));
    BOOST_REQUIRE(here.say(command({last, 6.0, amf0(), 1.0}, 1)));
    BOOST_REQUIRE(here.say(command({"deleteStream", 7.0, amf0(), 1.0})));
    here.server.lost("gone");
    BOOST_REQUIRE(here.kept->ends.size() == 1u);
    BOOST_TEST((here.kept->ends[0].reason == live::end_reason::finished));
  }
  talk lost;
  BOOST_REQUIRE(lost.say(publisher_opening("secret")));
  lost.server.lost("cut");
  BOOST_TEST((lost.kept->ends.at(0).reason == live::end_reason::lost));
  talk stopped;
  BOOST_REQUIRE(stopped.say(publisher_opening("secret")));
  stopped.server.stop(live::end_reason::stopped, code_denied, "over");
  stopped.heard.feed(stopped.server.take_output());
  BOOST_TEST(stopped.heard.last("onStatus")->text("description") == "over");
  BOOST_TEST((stopped.kept->ends.at(0).reason == live::end_reason::stopped));
  auto kept = std::make_shared<kept_stream>();
  {
    talk dropped;
    dropped.kept = kept;
    BOOST_REQUIRE(dropped.say(publisher_opening("secret")));
  }
  BOOST_TEST(kept->ends.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_second_stream_can_follow_on_the_same_connection) {
  talk here;
  BOOST_REQUIRE(here.say(publisher_opening("one")));
  BOOST_REQUIRE(here.say(command({"deleteStream", 6.0, amf0(), 1.0})));
  here.kept = std::make_shared<kept_stream>();
  BOOST_REQUIRE(here.say(command({"createStream", 7.0, amf0()})));
  BOOST_REQUIRE(here.say(publish_command_bytes("two", 2)));
  BOOST_TEST(here.asked_name == "two");
  BOOST_REQUIRE(
      here.say(wire({message_type::video, 0, 2, avc_config_tag()}, first_chunk_bytes, 6)));
  BOOST_REQUIRE(here.say(wire({message_type::video, 0, 1, avc_key_tag()}, first_chunk_bytes, 6)));
  BOOST_TEST(here.kept->configs.size() == 1u);
  BOOST_TEST(here.kept->packets.empty());  // that went to a stream that is over
}

BOOST_AUTO_TEST_CASE(a_player_is_answered_and_hears_of_the_end) {
  talk here;
  BOOST_REQUIRE(here.say(player_opening("name")));
  BOOST_TEST(here.asked_name == "name");
  BOOST_TEST((here.server.now() == session::role::player));
  BOOST_TEST(here.heard.last("onStatus")->text("code") == "NetStream.Play.Start");
  here.server.end_play();
  here.heard.feed(here.server.take_output());
  BOOST_TEST(here.heard.last("onStatus")->text("code") == "NetStream.Play.Stop");
  BOOST_TEST(here.server.closing());
}

BOOST_AUTO_TEST_CASE(small_requests_are_answered) {
  talk here;
  auto opening = client_handshake();
  append(opening, connect_command());
  BOOST_REQUIRE(here.say(opening));
  BOOST_REQUIRE(here.say(command({"_checkbw", 9.0, amf0()})));
  BOOST_TEST(*here.heard.last("_result")->values[1].number() == 9.0);
  BOOST_REQUIRE(here.say(command({"getStreamLength", 10.0, amf0(), "x"})));
  BOOST_TEST(*here.heard.last("_result")->values[3].number() == 0.0);
  BOOST_REQUIRE(here.say(command({"FCSubscribe", 11.0, amf0(), "x"})));
  BOOST_TEST(here.heard.last("onFCSubscribe") != nullptr);
  BOOST_REQUIRE(here.say(
      wire({message_type::user_control, 0, 0, *hearth::from_hex("000601020304")}, 128, 2)));
  const auto* pong = here.heard.last(message_type::user_control);
  BOOST_REQUIRE(pong);
  BOOST_TEST((pong->payload == *hearth::from_hex("000701020304")));
  const auto before = here.heard.all.size();
  BOOST_REQUIRE(here.say(command({"somethingElse", 12.0, amf0()})));
  BOOST_REQUIRE(here.say(wire({message_type::data_amf0, 0, 1, *hearth::from_hex("ffff")})));
  BOOST_REQUIRE(here.say(wire({static_cast<message_type>(99), 0, 0, bytes(5)})));
  BOOST_TEST(here.heard.all.size() == before);
}

BOOST_AUTO_TEST_CASE(commands_in_amf3_messages_are_amf0_behind_a_zero) {
  talk here;
  auto opening = client_handshake();
  append(opening, connect_command());
  BOOST_REQUIRE(here.say(opening));
  bytes body{0};
  append(body, write_amf0({"createStream", 4.0, amf0()}));
  BOOST_REQUIRE(here.say(wire({message_type::command_amf3, 0, 0, body})));
  BOOST_TEST(*here.heard.last("_result")->values[3].number() == 1.0);
  body[0] = 1;
  BOOST_TEST((here.say(wire({message_type::command_amf3, 0, 0, body})).error() == errc::bad_amf0));
}

BOOST_AUTO_TEST_CASE(received_bytes_are_acknowledged_by_the_clients_window) {
  talk here;
  BOOST_REQUIRE(here.say(publisher_opening("secret")));
  BOOST_REQUIRE(here.say(wire({message_type::window_ack_size, 0, 0, *hearth::from_hex("00000001")},
                              128, 2)));  // at least 64 KiB
  BOOST_TEST(here.heard.last(message_type::acknowledgement) == nullptr);
  for (int i = 0; i < 70; ++i) {
    BOOST_REQUIRE(here.say(wire({message_type::data_amf0, 0, 1, bytes(1000)})));
  }
  BOOST_TEST(here.heard.last(message_type::acknowledgement) != nullptr);
}

BOOST_AUTO_TEST_CASE(aggregates_are_taken_apart) {
  talk here;
  BOOST_REQUIRE(here.say(publisher_opening("secret")));
  hearth::byte_writer out;
  const auto add = [&out](std::uint8_t type, std::uint32_t time, const bytes& tag) {
    out.u8(type);
    out.u24(static_cast<std::uint32_t>(tag.size()));
    out.u24(time);
    out.u8(0);
    out.u24(0);
    out.raw(tag);
    out.u32(static_cast<std::uint32_t>(tag.size() + 11));
  };
  add(9, 500, avc_config_tag());
  add(9, 500, avc_key_tag());
  add(18, 500, bytes(3));
  add(9, 540, avc_inter_tag());
  BOOST_REQUIRE(here.say(wire({message_type::aggregate, 1000, 1, out.view()})));
  BOOST_REQUIRE(here.kept->packets.size() == 2u);
  BOOST_TEST(here.kept->packets[0].dts_ms == 1000);
  BOOST_TEST(here.kept->packets[1].dts_ms == 1040);
  BOOST_TEST(
      (here.say(wire({message_type::aggregate, 0, 1, bytes(5)})).error() == errc::bad_media));
  BOOST_TEST(
      (here.say(wire({message_type::aggregate, 0, 1, bytes(20, 9)})).error() == errc::bad_media));
}

BOOST_AUTO_TEST_SUITE_END()
