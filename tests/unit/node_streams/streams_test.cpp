#include "node/streams/streams.hpp"

#include <algorithm>

#include "store/base/log.hpp"
#include "store/base/uuid.hpp"
#include "streaming_node.hpp"

using namespace hearth::streams_test;
using hearth::milliseconds;

namespace {

/// Writes an operation as some node's journal would, without asking the node's rules.
void forge(memory_node& by, stream_operation operation) {
  BOOST_REQUIRE(by.journal->write(hearth::journal::space::shared, hearth::journal::kind::stream,
                                  encode_operation(operation)));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(streams_service)

BOOST_AUTO_TEST_CASE(a_new_stream_has_a_key_and_is_found_by_it) {
  streaming_node node(1);
  const auto made = node.make("Finals");
  BOOST_TEST(hearth::is_uuid(made.id));
  BOOST_TEST(hearth::is_uuid(made.key));
  BOOST_TEST(made.id != made.key);
  BOOST_TEST(made.own);
  BOOST_TEST(made.form.name == "Finals");
  BOOST_TEST((made.created == node.time.now));
  BOOST_TEST((made.live.state == live_state::waiting));
  BOOST_TEST(node.own->get(made.id)->key == made.key);
  BOOST_TEST(node.own->get(made.key)->id == made.id);
  BOOST_TEST((node.own->get("no such thing").error() == errc::unknown_stream));
  BOOST_TEST((node.own->get("").error() == errc::unknown_stream));
}

BOOST_AUTO_TEST_CASE(streams_and_their_keys_survive_a_restart) {
  streaming_node node(1);
  const auto first = node.make("first");
  node.time.now += milliseconds(5);
  const auto second = node.make("second");
  node.open();
  BOOST_TEST(node.own->get(first.id)->key == first.key);
  const auto list = node.own->list(false);
  BOOST_REQUIRE(list.size() == 2u);
  BOOST_TEST(list[0].id == second.id);  // the newest first
  BOOST_TEST(node.publish(first.key)->accepted());
}

BOOST_AUTO_TEST_CASE(a_form_out_of_its_limits_makes_no_stream) {
  streaming_node node(1);
  stream_form form;
  BOOST_TEST((node.own->create(form).error() == errc::bad_field));
  form.name = "ok";
  form.resolution = "8K";
  BOOST_TEST((node.own->create(form).error() == errc::bad_field));
  BOOST_TEST(node.own->list(true).empty());
  BOOST_TEST(node.local->versions().empty());
}

BOOST_AUTO_TEST_CASE(start_and_stop_can_be_said_twice) {
  streaming_node node(1);
  const auto made = node.make();
  const auto first = node.own->start(made.id);
  BOOST_TEST(!first->already_running);
  node.time.now += std::chrono::seconds(3);
  const auto again = node.own->start(made.key);
  BOOST_TEST(again->already_running);
  BOOST_TEST((again->uptime == std::chrono::seconds(3)));
  BOOST_TEST(node.own->stop(made.id)->stopped);
  BOOST_TEST(node.own->stop(made.id)->stopped);
  const auto anew = node.own->start(made.id);
  BOOST_TEST(!anew->already_running);
  BOOST_TEST(!anew->facts.stopped);
}

BOOST_AUTO_TEST_CASE(start_of_a_live_stream_says_how_long_it_runs) {
  streaming_node node(1);
  const auto made = node.make();
  const auto encoder = node.publish(made.key);
  node.time.now += std::chrono::seconds(4);
  encoder->heard = node.time.now;
  const auto started = node.own->start(made.id);
  BOOST_TEST(started->already_running);
  BOOST_TEST((started->uptime == std::chrono::seconds(4)));
  BOOST_TEST(encoder->end_text.empty());
  encoder->leave();
}

// A person presses "start" because the encoder hangs: the dead one must make room.
BOOST_AUTO_TEST_CASE(start_puts_out_a_dead_publisher) {
  streaming_node node(1);
  const auto made = node.make();
  const auto encoder = node.publish(made.key);
  node.time.now += std::chrono::seconds(11);
  BOOST_REQUIRE(node.own->start(made.id));
  BOOST_TEST(!encoder->end_text.empty());
  encoder->leave(hearth::live::end_reason::stopped);
}

BOOST_AUTO_TEST_CASE(deleting_a_stream_revokes_its_key_for_ever) {
  streaming_node node(1);
  const auto made = node.make();
  const auto encoder = node.publish(made.key);
  BOOST_REQUIRE(node.own->remove(made.id));
  BOOST_TEST(encoder->end_code == hearth::rtmp::code_denied);
  BOOST_TEST((node.own->get(made.id).error() == errc::unknown_stream));
  BOOST_TEST((node.own->get(made.key).error() == errc::unknown_stream));
  BOOST_TEST((node.own->remove(made.id).error() == errc::unknown_stream));
  BOOST_TEST(!node.publish(made.key)->accepted());
  BOOST_TEST(node.own->live_count() == 0u);
  encoder->leave(hearth::live::end_reason::stopped);  // its end brings nothing back
  node.run();
  node.open();
  BOOST_TEST(!node.publish(made.key)->accepted());
  BOOST_TEST(node.own->list(true).empty());
  const auto told = std::count_if(node.changes.begin(), node.changes.end(), [&](const auto& each) {
    return each.id == made.id && each.action == "deleted";
  });
  BOOST_TEST(told == 1);
}

BOOST_AUTO_TEST_CASE(another_nodes_stream_is_seen_but_not_changed) {
  streaming_node owner(1);
  streaming_node other(2);
  const auto made = owner.make("Shared sight");
  owner.send_to(other);
  const auto seen = other.own->get(made.id);
  BOOST_REQUIRE(seen);
  BOOST_TEST(!seen->own);
  BOOST_TEST(seen->key.empty());
  BOOST_TEST(seen->form.name == "Shared sight");
  BOOST_TEST(other.own->list(true).size() == 1u);
  BOOST_TEST(other.own->list(false).empty());
  BOOST_TEST((other.own->start(made.id).error() == errc::not_own));
  BOOST_TEST((other.own->stop(made.id).error() == errc::not_own));
  BOOST_TEST((other.own->remove(made.id).error() == errc::not_own));
  BOOST_TEST((other.own->get(made.key).error() == errc::unknown_stream));
  owner.own->remove(made.id).value();
  owner.send_to(other);
  BOOST_TEST((other.own->get(made.id).error() == errc::unknown_stream));
}

// The key is the only thing between a stranger and the channel: it must never leave the node.
BOOST_AUTO_TEST_CASE(the_key_is_in_nothing_that_others_are_given) {
  streaming_node node(1);
  const auto made = node.make();
  const auto encoder = node.publish(made.key);
  node.own->stop(made.id).value();
  const auto told = encode_report(node.own->report());
  BOOST_TEST(hearth::as_text(told).find(made.key) == std::string_view::npos);
  BOOST_TEST(hearth::as_text(told).find(made.id) != std::string_view::npos);
  encoder->leave(hearth::live::end_reason::stopped, "stopped");
  node.run();
  node.own->remove(made.id).value();
  BOOST_TEST(node.shares(made.id));
  BOOST_TEST(!node.shares(made.key));
  BOOST_TEST(hearth::log::redact("publisher with " + made.key) == "publisher with [redacted]");
  for (const auto& change : node.changes)
    BOOST_TEST(change.id != made.key);
}

BOOST_AUTO_TEST_CASE(what_another_author_says_about_a_stream_is_ignored) {
  streaming_node owner(1);
  streaming_node other(2);
  const auto made = owner.make("mine");
  owner.send_to(other);
  stream_operation lie;
  lie.stream_id = made.id;
  lie.deleted = true;
  forge(other, lie);
  lie.deleted = false;
  lie.ending = stream_ending{true, "broken, they say", 1};
  forge(other, lie);
  other.send_to(owner);
  for (auto* node : {&owner, &other}) {
    const auto seen = node->own->get(made.id);
    BOOST_REQUIRE(seen);
    BOOST_TEST(seen->form.name == "mine");
    BOOST_TEST((seen->owner == owner.key.id()));
    BOOST_TEST((seen->live.state == live_state::waiting));
  }
  BOOST_TEST(owner.publish(made.key)->accepted());
}

// An id names its author: nobody can put a stream of his own in the place of another's.
BOOST_AUTO_TEST_CASE(a_stream_cannot_be_claimed_by_another_node) {
  streaming_node owner(1);
  const auto made = owner.make("mine");
  for (std::uint64_t seed = 2; seed < 8; ++seed) {  // keys above and below the owner's
    streaming_node other(seed);
    stream_operation claim;
    claim.stream_id = made.id;
    claim.form = stream_form{};
    claim.form->name = "not yours";
    forge(other, claim);
    other.send_to(owner);
    BOOST_TEST((other.own->get(made.id).error() == errc::unknown_stream));
  }
  BOOST_TEST(owner.own->get(made.id)->own);
  BOOST_TEST(owner.own->get(made.id)->form.name == "mine");
}

BOOST_AUTO_TEST_CASE(a_stopped_stream_stays_stopped_after_a_restart) {
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
  BOOST_TEST(node.publish(made.key)->accepted());
}

// A key that came in by the shared space would open a stream to whoever put it there.
BOOST_AUTO_TEST_CASE(a_key_from_another_node_opens_nothing) {
  streaming_node owner(1);
  streaming_node other(2);
  const auto made = owner.make();
  const std::string planted = "11111111-1111-4111-8111-111111111111";
  BOOST_REQUIRE(other.journal->write(hearth::journal::space::shared,
                                     hearth::journal::kind::stream_secret,
                                     encode_secret({1, made.id, planted, false})));
  other.send_to(owner);
  BOOST_TEST(!owner.publish(planted)->accepted());
  BOOST_TEST(owner.own->get(made.id)->key == made.key);
}

BOOST_AUTO_TEST_CASE(how_a_stream_ended_is_known_after_a_restart_and_elsewhere) {
  streaming_node node(1);
  streaming_node other(2);
  const auto ended = node.make("ended");
  const auto broken = node.make("broken");
  node.publish(ended.key)->leave(hearth::live::end_reason::lost, "the connection broke");
  node.publish(broken.key)->leave(hearth::live::end_reason::failed, "not a video");
  node.run();
  node.open();
  node.send_to(other);
  for (auto* each : {&node, &other}) {
    BOOST_TEST((each->own->get(ended.id)->live.state == live_state::ended));
    BOOST_TEST(each->own->get(ended.id)->live.reason == "the connection broke");
    BOOST_TEST((each->own->get(broken.id)->live.state == live_state::error));
    BOOST_TEST(each->own->get(broken.id)->live.reason == "not a video");
  }
}

BOOST_AUTO_TEST_CASE(pages_are_told_of_every_change) {
  streaming_node node(1);
  const auto made = node.make();
  BOOST_REQUIRE(!node.changes.empty());
  BOOST_TEST(node.changes.back().topic == "streams");
  BOOST_TEST(node.changes.back().id == made.id);
  int live_changes = 0;
  node.own->on_live_change([&live_changes] { ++live_changes; });
  node.publish(made.key)->leave();
  node.run();
  BOOST_TEST(live_changes == 2);
}

BOOST_AUTO_TEST_CASE(a_shutdown_tells_the_publishers) {
  streaming_node node(1);
  const auto encoder = node.publish(node.make().key);
  node.own->shut_down();
  BOOST_TEST(encoder->end_text == "this node is shutting down");
  encoder->leave(hearth::live::end_reason::stopped);
}

// A publisher that outlives the service must find nobody, not memory that is gone.
BOOST_AUTO_TEST_CASE(a_late_publisher_may_end_when_the_service_is_gone) {
  streaming_node node(1);
  const auto encoder = node.publish(node.make().key);
  node.own.reset();
  encoder->leave();
  node.run();
  BOOST_TEST(!encoder->accepted());
}

BOOST_AUTO_TEST_SUITE_END()
