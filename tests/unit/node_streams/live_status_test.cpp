#include "node/streams/live_status.hpp"

#include <cmath>
#include <limits>

#include "streaming_node.hpp"

using namespace hearth::streams_test;
using hearth::milliseconds;

namespace {

constexpr auto lifetime = std::chrono::seconds(10);

live_status status_of(const std::string& id) {
  live_status out;
  out.stream_id = id;
  out.started_ms = 1'799'999'990'000;
  out.width = 1920;
  out.height = 1080;
  out.fps = 30;
  out.video_codec = "h264";
  out.audio_codec = "aac";
  out.viewers = 3;
  return out;
}

/// A stream of one node that the other one knows.
struct two_nodes {
  two_nodes() {
    made = owner.make();
    owner.send_to(other);
  }
  stream_facts seen() const { return other.own->get(made.id).value(); }
  void tell(live_status status) {
    other.own->take_report(owner.key.id(), live_report{1, {std::move(status)}}, lifetime);
  }
  streaming_node owner{1};
  streaming_node other{2};
  stream_facts made;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(live_status_reports)

BOOST_AUTO_TEST_CASE(a_stream_that_is_live_elsewhere_is_shown_as_live) {
  two_nodes nodes;
  BOOST_TEST(!nodes.seen().reachable);
  const auto encoder = nodes.owner.publish(nodes.made.key);
  const auto told = decode_report(encode_report(nodes.owner.own->report()));
  BOOST_REQUIRE(told);
  BOOST_REQUIRE(told->streams.size() == 1u);
  nodes.other.own->take_report(nodes.owner.key.id(), *told, lifetime);
  const auto facts = nodes.seen();
  BOOST_TEST(facts.reachable);
  BOOST_TEST((facts.live.state == live_state::live));
  BOOST_TEST(facts.live.bytes_received == 1234u);
  encoder->leave();
  nodes.owner.run();
  BOOST_TEST(nodes.owner.own->report().streams.empty());
}

BOOST_AUTO_TEST_CASE(a_report_holds_only_for_its_time) {
  two_nodes nodes;
  nodes.tell(status_of(nodes.made.id));
  nodes.other.time.now += std::chrono::milliseconds(9'999);
  BOOST_TEST((nodes.seen().live.state == live_state::live));
  BOOST_TEST(nodes.seen().live.viewers == 3u);
  BOOST_TEST(nodes.seen().video_codec == "h264");
  nodes.other.time.now += std::chrono::milliseconds(1);
  BOOST_TEST((nodes.seen().live.state == live_state::waiting));
  BOOST_TEST(!nodes.seen().reachable);
}

BOOST_AUTO_TEST_CASE(a_node_whose_link_is_gone_has_nothing_live) {
  two_nodes nodes;
  nodes.tell(status_of(nodes.made.id));
  nodes.other.changes.clear();
  nodes.other.own->forget_reports(nodes.owner.key.id());
  BOOST_TEST(!nodes.other.own->reachable(nodes.owner.key.id()));
  BOOST_TEST((nodes.seen().live.state == live_state::waiting));
  BOOST_TEST(nodes.other.changes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(pages_are_told_only_when_something_began_or_ended) {
  two_nodes nodes;
  nodes.other.changes.clear();
  nodes.tell(status_of(nodes.made.id));
  nodes.tell(status_of(nodes.made.id));
  nodes.tell(status_of(nodes.made.id));
  BOOST_TEST(nodes.other.changes.size() == 1u);
  nodes.other.own->take_report(nodes.owner.key.id(), {}, lifetime);
  BOOST_TEST(nodes.other.changes.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_node_cannot_report_about_streams_of_another) {
  two_nodes nodes;
  streaming_node liar(3);
  nodes.other.own->take_report(liar.key.id(), live_report{1, {status_of(nodes.made.id)}}, lifetime);
  BOOST_TEST((nodes.seen().live.state == live_state::waiting));
  // Nor about this node's own ones.
  nodes.owner.own->take_report(liar.key.id(), live_report{1, {status_of(nodes.made.id)}}, lifetime);
  BOOST_TEST((nodes.owner.own->get(nodes.made.id)->live.state == live_state::waiting));
}

BOOST_AUTO_TEST_CASE(a_fast_clock_gives_no_negative_uptime) {
  two_nodes nodes;
  auto status = status_of(nodes.made.id);
  status.started_ms = (nodes.other.time.now + std::chrono::hours(5)).count();
  nodes.tell(status);
  BOOST_TEST((nodes.seen().live.uptime == milliseconds(0)));
}

BOOST_AUTO_TEST_CASE(lying_fields_are_refused) {
  const auto good = status_of("33333333-3333-4333-8333-333333333333");
  const auto refused = [&good](auto change) {
    auto lie = good;
    change(lie);
    const auto got = decode_report(encode_report(live_report{1, {lie}}));
    return !got && got.error() == errc::bad_field;
  };
  BOOST_TEST(decode_report(encode_report(live_report{1, {good}})).has_value());
  BOOST_TEST(refused([](live_status& s) { s.stream_id = "../../etc"; }));
  BOOST_TEST(refused([](live_status& s) { s.width = -1; }));
  BOOST_TEST(refused([](live_status& s) { s.height = 1'000'000; }));
  BOOST_TEST(refused([](live_status& s) { s.fps = std::nan(""); }));
  BOOST_TEST(refused([](live_status& s) { s.fps = std::numeric_limits<double>::infinity(); }));
  BOOST_TEST(refused([](live_status& s) { s.video_codec = std::string(17, 'x'); }));
  BOOST_TEST(refused([](live_status& s) { s.audio_codec = "\xff"; }));
  BOOST_TEST(refused([](live_status& s) { s.started_ms = -1; }));
  BOOST_TEST(
      refused([](live_status& s) { s.started_ms = std::numeric_limits<std::int64_t>::min(); }));
  BOOST_TEST(
      refused([](live_status& s) { s.started_ms = std::numeric_limits<std::int64_t>::max(); }));
}

BOOST_AUTO_TEST_CASE(a_report_has_a_limit) {
  const auto one = status_of("33333333-3333-4333-8333-333333333333");
  live_report report{1, {most_reported, one}};
  BOOST_TEST(decode_report(encode_report(report)).has_value());
  report.streams.push_back(one);
  BOOST_TEST((decode_report(encode_report(report)).error() == errc::bad_field));
  BOOST_TEST(!decode_report(hearth::bytes{1, 0xff, 0xff}));
}

BOOST_AUTO_TEST_CASE(states_have_their_names) {
  BOOST_TEST(state_name(live_state::waiting) == "waiting");
  BOOST_TEST(state_name(live_state::live) == "live");
  BOOST_TEST(state_name(live_state::ended) == "ended");
  BOOST_TEST(state_name(live_state::error) == "error");
}

BOOST_AUTO_TEST_SUITE_END()
