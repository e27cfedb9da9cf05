#include "streaming_node.hpp"

using namespace hearth::streams_test;
using hearth::live::end_reason;

BOOST_AUTO_TEST_SUITE(publish_gate)

BOOST_AUTO_TEST_CASE(an_unknown_key_is_refused_in_words) {
  streaming_node node(1);
  const auto made = node.make();
  const auto stranger = node.publish("22222222-2222-4222-8222-222222222222");
  BOOST_TEST(!stranger->accepted());
  BOOST_TEST(stranger->decision.code == hearth::rtmp::code_bad_name);
  BOOST_TEST(stranger->decision.text.find("unknown stream key") != std::string::npos);
  // The id is public: it must not work as a key.
  BOOST_TEST(!node.publish(made.id)->accepted());
  BOOST_TEST(!node.publish("")->accepted());
}

BOOST_AUTO_TEST_CASE(a_publisher_makes_the_stream_live) {
  streaming_node node(1);
  const auto made = node.make();
  const auto encoder = node.publish(made.key);
  BOOST_REQUIRE(encoder->accepted());
  BOOST_TEST(encoder->decision.label == made.id);  // what log lines show is not the key
  const auto facts = node.own->get(made.id);
  BOOST_TEST((facts->live.state == live_state::live));
  BOOST_TEST(facts->live.bytes_received == 1234u);
  BOOST_TEST(node.own->live_count() == 1u);
  encoder->leave();
  node.run();
  BOOST_TEST((node.own->get(made.id)->live.state == live_state::ended));
  BOOST_TEST(node.own->live_count() == 0u);
}

BOOST_AUTO_TEST_CASE(a_key_in_use_is_refused_and_the_first_goes_on) {
  streaming_node node(1);
  const auto made = node.make();
  const auto first = node.publish(made.key);
  const auto second = node.publish(made.key);
  BOOST_TEST(!second->accepted());
  BOOST_TEST(second->decision.code == hearth::rtmp::code_bad_name);
  BOOST_TEST(first->end_text.empty());
  first->leave();
  const auto third = node.publish(made.key);
  BOOST_TEST(third->accepted());
  third->leave();
}

BOOST_AUTO_TEST_CASE(a_stopped_stream_takes_nobody_until_it_is_started) {
  streaming_node node(1);
  const auto made = node.make();
  const auto encoder = node.publish(made.key);
  node.own->stop(made.id).value();
  BOOST_TEST(encoder->end_code == hearth::rtmp::code_denied);
  encoder->leave(end_reason::stopped, encoder->end_text);
  const auto refused = node.publish(made.key);
  BOOST_TEST(!refused->accepted());
  BOOST_TEST(refused->decision.code == hearth::rtmp::code_denied);
  node.own->start(made.id).value();
  const auto again = node.publish(made.key);
  BOOST_TEST(again->accepted());
  again->leave();
}

BOOST_AUTO_TEST_CASE(no_more_streams_than_the_maximum_are_live) {
  streaming_node node(1, 2);
  const auto a = node.make("a");
  const auto b = node.make("b");
  const auto c = node.make("c");
  const auto first = node.publish(a.key);
  const auto second = node.publish(b.key);
  const auto third = node.publish(c.key);
  BOOST_TEST(!third->accepted());
  BOOST_TEST(third->decision.code == hearth::rtmp::code_denied);
  BOOST_TEST(third->decision.text.find("2") != std::string::npos);
  first->leave();
  const auto later = node.publish(c.key);
  BOOST_TEST(later->accepted());
  second->leave();
  later->leave();
}

// An encoder whose laptop fell asleep must not keep its owner out after a restart of the encoder.
BOOST_AUTO_TEST_CASE(a_silent_publisher_makes_room) {
  streaming_node node(1, 1);
  const auto made = node.make();
  const auto asleep = node.publish(made.key);
  node.time.now += std::chrono::seconds(10);
  BOOST_TEST(!node.publish(made.key)->accepted());
  node.time.now += std::chrono::seconds(1);
  const auto fresh = node.publish(made.key);
  BOOST_REQUIRE(fresh->accepted());
  BOOST_TEST(asleep->end_text == "another publisher took over this stream");
  asleep->leave(end_reason::stopped, asleep->end_text);  // its late end is not the stream's
  node.run();
  BOOST_TEST((node.own->get(made.id)->live.state == live_state::live));
  fresh->leave();
}

BOOST_AUTO_TEST_CASE(a_publisher_that_is_gone_makes_room_at_once) {
  streaming_node node(1);
  const auto made = node.make();
  auto gone = node.publish(made.key);
  const auto sink = gone->decision.sink;
  gone.reset();
  const auto fresh = node.publish(made.key);
  BOOST_TEST(fresh->accepted());
  sink->on_end(end_reason::lost, "gone");
  fresh->leave();
}

BOOST_AUTO_TEST_CASE(cleanup_ends_silent_publishers_only) {
  streaming_node node(1);
  const auto silent = node.publish(node.make("silent").key);
  const auto talking = node.publish(node.make("talking").key);
  BOOST_TEST(node.own->cleanup() == 0u);
  node.time.now += std::chrono::seconds(11);
  talking->heard = node.time.now;
  BOOST_TEST(node.own->cleanup() == 1u);
  BOOST_TEST(!silent->end_text.empty());
  BOOST_TEST(talking->end_text.empty());
  silent->leave(end_reason::stopped);
  talking->leave();
}

BOOST_AUTO_TEST_CASE(what_cannot_be_packaged_ends_the_publisher_with_the_reason) {
  streaming_node node(1);
  const auto made = node.make();
  const auto encoder = node.publish(made.key);
  hearth::live::track_config nonsense;
  nonsense.codec = hearth::live::codec_id::h264;
  nonsense.record = {1, 2, 3};
  nonsense.width = 640;
  nonsense.height = 360;
  encoder->decision.sink->on_config(nonsense);
  for (std::int64_t at_ms = 0; at_ms < 6'000 && encoder->end_text.empty(); at_ms += 40) {
    hearth::live::packet frame;
    frame.key_frame = true;
    frame.dts_ms = frame.pts_ms = at_ms;
    frame.payload = std::make_shared<const hearth::bytes>(100);
    encoder->decision.sink->on_packet(frame);
  }
  BOOST_REQUIRE(!encoder->end_text.empty());
  encoder->leave(end_reason::stopped, "closed");
  node.run();
  const auto facts = node.own->get(made.id);
  BOOST_TEST((facts->live.state == live_state::error));
  BOOST_TEST(facts->live.reason == encoder->end_text);
}

// Its connection is gone without a word: nobody will tell its end any more.
BOOST_AUTO_TEST_CASE(cleanup_ends_a_publisher_that_is_gone) {
  streaming_node node(1);
  const auto made = node.make();
  auto gone = node.publish(made.key);
  const auto sink = gone->decision.sink;
  gone.reset();
  BOOST_TEST(node.own->cleanup() == 1u);
  node.run();
  BOOST_TEST((node.own->get(made.id)->live.state == live_state::ended));
  BOOST_TEST(node.own->live_count() == 0u);
  sink->on_end(end_reason::lost, "late");  // does no harm
}

// Memory is for what is watched, not for what ended long ago.
BOOST_AUTO_TEST_CASE(the_media_of_an_ended_stream_are_dropped_after_a_while) {
  streaming_node node(1);
  const auto made = node.make();
  node.publish(made.key)->leave(end_reason::finished, "bye");
  node.run();
  node.time.now += std::chrono::minutes(5);
  node.own->tick();
  BOOST_TEST((node.own->find_live(made.id) != nullptr));
  node.time.now += std::chrono::seconds(1);
  node.own->tick();
  BOOST_TEST((node.own->find_live(made.id) == nullptr));
  BOOST_TEST((node.own->get(made.id)->live.state == live_state::ended));
  BOOST_TEST(node.own->get(made.id)->live.reason == "bye");
  const auto again = node.publish(made.key);
  BOOST_TEST(again->accepted());
  again->leave();
}

// A player in a browser waits for a publisher who comes back within 20 s, then learns the end.
BOOST_AUTO_TEST_CASE(the_playlist_of_a_lost_publisher_stays_open_for_a_while) {
  streaming_node node(1);
  const auto made = node.make();
  const auto encoder = node.publish(made.key);
  const auto hls = node.own->find_live(made.id)->hls();
  hls->begin_epoch(std::make_shared<const hearth::bytes>(10));
  encoder->leave(end_reason::lost, "the connection broke");
  node.time.now += std::chrono::seconds(20);
  node.own->tick();
  BOOST_TEST(!hls->ended());
  node.time.now += std::chrono::seconds(1);
  node.own->tick();
  BOOST_TEST(hls->ended());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(play_gate)

BOOST_AUTO_TEST_CASE(players_come_by_key_or_id_and_are_counted) {
  streaming_node node(1);
  const auto made = node.make();
  const auto encoder = node.publish(made.key);
  auto first = node.play(made.id);
  auto second = node.play(made.key);
  BOOST_TEST((first.ring != nullptr));
  BOOST_TEST((first.ring == second.ring));
  BOOST_TEST(first.label == made.id);
  BOOST_TEST(second.label == made.id);
  BOOST_TEST(node.own->get(made.id)->live.viewers == 2u);
  first.lease.reset();
  BOOST_TEST(node.own->get(made.id)->live.viewers == 1u);
  encoder->leave();
}

// The id is no secret: whoever is on the network would else watch what is not meant for him.
BOOST_AUTO_TEST_CASE(from_another_machine_only_the_key_plays) {
  streaming_node node(1);
  const auto made = node.make();
  const auto encoder = node.publish(made.key);
  for (const auto* from : {"192.168.1.7", "", "nonsense", "2001:db8::1"}) {
    BOOST_TEST_CONTEXT(from) {
      BOOST_TEST((node.play(made.id, from).ring == nullptr));
      BOOST_TEST((node.play(made.key, from).ring != nullptr));
    }
  }
  BOOST_TEST((node.play(made.id, "::1").ring != nullptr));
  encoder->leave();
}

BOOST_AUTO_TEST_CASE(nothing_to_play_is_said_in_words) {
  streaming_node node(1);
  const auto made = node.make();
  const auto idle = node.play(made.id);
  BOOST_TEST((idle.ring == nullptr));
  BOOST_TEST(idle.code == hearth::rtmp::code_not_found);
  BOOST_TEST(idle.text == "this stream is not live on this node");
  const auto unknown = node.play("nothing");
  BOOST_TEST((unknown.ring == nullptr));
  BOOST_TEST(unknown.text == "there is no such stream");
}

BOOST_AUTO_TEST_SUITE_END()
