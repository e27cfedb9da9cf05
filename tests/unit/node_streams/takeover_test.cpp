// One publisher after another on the same stream, some of them not quite gone.
#include "store/base/uuid.hpp"
#include "streaming_node.hpp"

using namespace hearth::streams_test;
using hearth::live::end_reason;

namespace {

/// AAC-LC, 48 kHz, stereo: the simplest stream that can be packaged.
void send_sound(hearth::live::packet_sink& to, std::int64_t from_ms, std::int64_t until_ms) {
  hearth::live::track_config config;
  config.kind = hearth::live::track_kind::audio;
  config.codec = hearth::live::codec_id::aac;
  config.record = {0x11, 0x90};
  config.sample_rate = 48'000;
  config.channels = 2;
  to.on_config(config);
  for (std::int64_t at_ms = from_ms; at_ms < until_ms; at_ms += 20) {
    hearth::live::packet frame;
    frame.kind = hearth::live::track_kind::audio;
    frame.key_frame = true;
    frame.dts_ms = frame.pts_ms = at_ms;
    frame.payload = std::make_shared<const hearth::bytes>(100);
    to.on_packet(frame);
  }
}

std::size_t count_of(const std::string& word, const std::string& text) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
    ++count;
  return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(publisher_takeover)

BOOST_AUTO_TEST_CASE(a_replaced_publisher_touches_the_playlist_no_more) {
  streaming_node node(1);
  const auto made = node.make();
  const auto asleep = node.publish(made.key);
  const auto hls = node.own->find_live(made.id)->hls();
  send_sound(*asleep->decision.sink, 0, 20'000);
  BOOST_REQUIRE(hls->playlist());
  node.time.now += std::chrono::seconds(11);
  const auto fresh = node.publish(made.key);
  BOOST_REQUIRE(fresh->accepted());
  BOOST_TEST(!hls->ended());
  send_sound(*fresh->decision.sink, 0, 8'000);
  const auto before = hls->playlist().value();
  BOOST_TEST(count_of("#EXT-X-DISCONTINUITY\n", before) == 1u);
  send_sound(*asleep->decision.sink, 20'000, 40'000);
  asleep->leave(end_reason::stopped, asleep->end_text);
  BOOST_TEST(hls->playlist().value() == before);
  BOOST_TEST(!hls->ended());
  BOOST_TEST((node.own->get(made.id)->live.state == live_state::live));
  fresh->leave();
  BOOST_TEST(hls->ended());
}

BOOST_AUTO_TEST_CASE(a_publisher_whose_connection_is_gone_is_cleaned_up) {
  streaming_node node(1, 1);
  const auto made = node.make("gone");
  const auto waiting = node.make("waiting");
  auto gone = node.publish(made.key);
  const auto sink = gone->decision.sink;
  gone.reset();
  BOOST_TEST(!node.publish(waiting.key)->accepted());
  BOOST_TEST(node.own->cleanup() == 1u);
  node.run();
  BOOST_TEST(node.own->live_count() == 0u);
  BOOST_TEST((node.own->get(made.id)->live.state == live_state::ended));
  const auto next = node.publish(waiting.key);
  BOOST_TEST(next->accepted());
  sink->on_end(end_reason::finished, "late");
  BOOST_TEST(node.own->cleanup() == 0u);
  next->leave();
}

BOOST_AUTO_TEST_CASE(what_ended_long_ago_takes_no_memory_and_is_still_shown) {
  streaming_node node(1);
  const auto made = node.make();
  const auto running = node.make("running");
  const auto other = node.publish(running.key);
  node.publish(made.key)->leave(end_reason::lost, "the connection broke");
  node.run();
  node.time.now += std::chrono::minutes(5);
  node.own->tick();
  BOOST_TEST((node.own->find_live(made.id) != nullptr));
  node.time.now += std::chrono::seconds(1);
  node.own->tick();
  BOOST_TEST((node.own->find_live(made.id) == nullptr));
  BOOST_TEST((node.own->find_live(running.id) != nullptr));
  const auto facts = node.own->get(made.id);
  BOOST_TEST((facts->live.state == live_state::ended));
  BOOST_TEST(facts->live.reason == "the connection broke");
  const auto again = node.publish(made.key);
  BOOST_TEST(again->accepted());
  again->leave();
  other->leave();
}

BOOST_AUTO_TEST_CASE(a_stopped_stream_is_stopped_after_a_restart) {
  streaming_node node(1);
  const auto made = node.make();
  node.own->stop(made.id).value();
  node.open();
  BOOST_TEST(node.own->get(made.id)->stopped);
  BOOST_TEST(node.own->get(made.id)->key == made.key);
  BOOST_TEST(!node.publish(made.key)->accepted());
  node.own->start(made.id).value();
  node.open();
  BOOST_TEST(!node.own->get(made.id)->stopped);
  const auto encoder = node.publish(made.key);
  BOOST_TEST(encoder->accepted());
  encoder->leave();
}

BOOST_AUTO_TEST_CASE(another_author_cannot_claim_the_id_of_a_stream) {
  streaming_node owner(1);
  streaming_node liar(2);
  const auto made = owner.make("mine");
  BOOST_TEST(hearth::uuid_owned_by(made.id, owner.key.id().key));
  stream_operation lie;
  lie.stream_id = made.id;
  lie.form = stream_form{.name = "theirs"};
  BOOST_REQUIRE(liar.journal->write(hearth::journal::space::shared, hearth::journal::kind::stream,
                                    encode_operation(lie)));
  BOOST_TEST((liar.own->get(made.id).error() == errc::unknown_stream));
  liar.send_to(owner);
  BOOST_TEST(owner.own->get(made.id)->form.name == "mine");
}

BOOST_AUTO_TEST_SUITE_END()
