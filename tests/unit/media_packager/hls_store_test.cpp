// What players see: the playlist as it moves on, waiting for news, and what is kept for how long.
#include "media/packager/hls_store.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "playlist_reader.hpp"

namespace hearth::packager {
namespace {

using test::read;
using test::try_fetch;

std::shared_ptr<const bytes> body(std::size_t size = 100, std::uint8_t value = 1) {
  return std::make_shared<const bytes>(size, value);
}

hls_part part(bool ends = false, milliseconds duration = milliseconds(200),
              std::size_t size = 100) {
  hls_part made;
  made.body = body(size);
  made.duration = duration;
  made.wall = milliseconds(1'760'000'000'000);
  made.starts_with_key = made.independent = ends;
  made.ends_segment = ends;
  return made;
}

void add_segment(hls_store& store, int parts = 10, std::size_t size = 100) {
  for (int i = 1; i < parts; ++i)
    store.add_part(part(false, milliseconds(200), size));
  store.add_part(part(true, milliseconds(200), size));
}

hls_store& begun(hls_store& store, int segments) {
  store.begin_epoch(body());
  for (int i = 0; i < segments; ++i)
    add_segment(store);
  return store;
}

// Requests that wait on one strand, as an HTTP server holds them.
class waiting {
 public:
  void ask(hls_store& store, const std::string& name, const std::string& query = "") {
    auto wait = store.get(*hls_name::parse(name), *hls_query::parse(query));
    boost::asio::co_spawn(
        context_, std::move(wait),
        boost::asio::bind_cancellation_slot(
            stops_.emplace_back().slot(), [this](std::exception_ptr, result<hls_resource> answer) {
              answers.push_back(std::move(answer));
            }));
    run();
  }
  void run() {
    context_.restart();
    context_.poll();
  }
  void run_for(milliseconds duration) {
    context_.restart();
    context_.run_for(duration);
  }
  void go_away() {
    for (auto& one : stops_)
      one.emit(boost::asio::cancellation_type::terminal);
    run();
  }
  std::vector<result<hls_resource>> answers;

 private:
  std::deque<boost::asio::cancellation_signal> stops_;  // one each: a slot holds one handler
  boost::asio::io_context context_;
};

std::string text_of(const result<hls_resource>& answer) {
  return std::string(as_text(*answer->body));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hls_stores)

BOOST_AUTO_TEST_CASE(a_blocking_reload_waits_for_its_part_and_no_longer) {
  hls_store store({});
  begun(store, 2);
  waiting players;
  players.ask(store, "stream.m3u8", "_HLS_msn=2&_HLS_part=1");
  store.add_part(part());
  players.run();
  BOOST_TEST(players.answers.empty());
  store.add_part(part());
  players.run();
  BOOST_REQUIRE(players.answers.size() == 1u);
  BOOST_TEST(read(text_of(players.answers[0])).growing.parts.size() == 2u);
  BOOST_TEST(store.waiters() == 0u);
}

BOOST_AUTO_TEST_CASE(a_part_after_the_last_one_means_the_first_of_the_next_segment) {
  hls_store store({});
  begun(store, 2);
  waiting players;
  players.ask(store, "stream.m3u8", "_HLS_msn=1&_HLS_part=10");
  BOOST_TEST(players.answers.empty());
  store.add_part(part());
  players.run();
  BOOST_TEST(players.answers.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_reload_for_a_whole_segment_waits_until_it_is_complete) {
  hls_store store({});
  begun(store, 2);
  waiting players;
  players.ask(store, "stream.m3u8", "_HLS_msn=2");
  store.add_part(part());
  players.run();
  BOOST_TEST(players.answers.empty());
  store.add_part(part(true));
  players.run();
  BOOST_REQUIRE(players.answers.size() == 1u);
  BOOST_TEST(read(text_of(players.answers[0])).segments.size() == 3u);
}

BOOST_AUTO_TEST_CASE(the_hinted_part_arrives_the_moment_it_is_made) {
  hls_store store({});
  begun(store, 1);
  const auto hint = read(*store.playlist()).hint;
  BOOST_TEST(hint == "part_1_0.m4s");
  waiting players;
  players.ask(store, hint);
  players.ask(store, "part_1_1.m4s");  // not hinted at: not there
  BOOST_REQUIRE(players.answers.size() == 1u);
  BOOST_TEST(players.answers[0].error() == make_error_code(errc::not_found));
  store.add_part(part());
  players.run();
  BOOST_REQUIRE(players.answers.size() == 2u);
  BOOST_TEST(players.answers[1]->body->size() == 100u);
  BOOST_TEST(players.answers[1]->content_type == "video/mp4");
}

BOOST_AUTO_TEST_CASE(the_first_player_waits_for_the_first_segment) {
  hls_store store({});
  waiting players;
  players.ask(store, "stream.m3u8");
  store.begin_epoch(body());
  store.add_part(part());
  players.run();
  BOOST_TEST(players.answers.empty());
  store.add_part(part(true));
  players.run();
  BOOST_REQUIRE(players.answers.size() == 1u);
  BOOST_TEST(players.answers[0]->content_type == "application/vnd.apple.mpegurl");
  BOOST_TEST(players.answers[0]->max_age.count() == 0);
}

BOOST_AUTO_TEST_CASE(a_stream_that_stands_still_answers_in_time) {
  hls_options options;
  options.segment = milliseconds(1);  // a target duration of one second
  hls_store store(options);
  waiting players;
  players.ask(store, "stream.m3u8");
  players.run_for(milliseconds(3'300));
  BOOST_REQUIRE(players.answers.size() == 1u);
  BOOST_TEST(players.answers[0].error() == make_error_code(errc::timed_out));
}

BOOST_AUTO_TEST_CASE(too_far_ahead_is_a_bad_request) {
  hls_store store({});
  begun(store, 2);
  BOOST_TEST(try_fetch(store, "stream.m3u8", "_HLS_msn=5").error() ==
             make_error_code(errc::bad_request));
  BOOST_TEST(try_fetch(store, "stream.m3u8", "_HLS_msn=0&_HLS_part=3").has_value());
  BOOST_TEST(try_fetch(store, "seg_2.m4s").error() == make_error_code(errc::not_found));
  BOOST_TEST(try_fetch(store, "init_1.mp4").error() == make_error_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(only_so_many_requests_wait) {
  hls_options options;
  options.most_waiters = 3;
  hls_store store(options);
  waiting players;
  for (int i = 0; i < 4; ++i)
    players.ask(store, "stream.m3u8");
  BOOST_REQUIRE(players.answers.size() == 1u);
  BOOST_TEST(players.answers[0].error() == make_error_code(errc::too_many_waiters));
  store.close();
  players.run();
  BOOST_REQUIRE(players.answers.size() == 4u);
  BOOST_TEST(players.answers[3].error() == make_error_code(errc::closed));
  BOOST_TEST(try_fetch(store, "stream.m3u8").error() == make_error_code(errc::closed));
}

BOOST_AUTO_TEST_CASE(a_player_that_goes_away_leaves_the_line) {
  hls_store store({});
  waiting players;
  players.ask(store, "stream.m3u8");
  BOOST_TEST(store.waiters() == 1u);
  players.go_away();
  BOOST_REQUIRE(players.answers.size() == 1u);
  BOOST_TEST(players.answers[0].error() == make_error_code(errc::closed));
  BOOST_TEST(store.waiters() == 0u);
}

BOOST_AUTO_TEST_CASE(the_window_moves_and_old_segments_stay_a_while) {
  hls_store store({});
  begun(store, 30);
  const auto list = read(*store.playlist());
  BOOST_TEST(list.sequence == 22u);
  BOOST_TEST(list.segments.size() == 8u);
  BOOST_TEST(list.segments.back().parts.size() == 10u);
  BOOST_TEST(list.segments[4].parts.empty());
  BOOST_TEST(try_fetch(store, "seg_21.m4s").has_value());
  BOOST_TEST(try_fetch(store, "seg_13.m4s").has_value());
  BOOST_TEST(try_fetch(store, "seg_12.m4s").error() == make_error_code(errc::not_found));
  BOOST_TEST(try_fetch(store, "part_26_0.m4s").has_value());
  BOOST_TEST(try_fetch(store, "part_25_0.m4s").error() == make_error_code(errc::not_found));
  BOOST_TEST(try_fetch(store, "init_0.mp4").has_value());
  BOOST_TEST(store.size_bytes() == 17u * 1'000 + 4u * 1'000 + 100);
}

BOOST_AUTO_TEST_CASE(memory_has_a_limit) {
  hls_options options;
  options.most_bytes = 100'000;
  hls_store store(options);
  store.begin_epoch(body());
  for (int i = 0; i < 50; ++i) {
    add_segment(store, 10, 2'000);
    BOOST_TEST(store.size_bytes() <= 100'000u);
  }
  BOOST_TEST(read(*store.playlist()).segments.size() >= 2u);
}

BOOST_AUTO_TEST_CASE(numbers_only_rise_over_a_discontinuity) {
  hls_store store({});
  begun(store, 2);
  store.add_part(part());  // a growing segment is completed
  store.begin_epoch(body());
  add_segment(store);
  auto list = read(*store.playlist());
  BOOST_TEST(list.segments.size() == 4u);
  BOOST_TEST(!list.segments[2].discontinuity);
  BOOST_TEST(list.segments[3].discontinuity);
  BOOST_TEST(list.segments[3].map == "init_1.mp4");
  BOOST_TEST(list.discontinuity_sequence == 0u);
  for (int i = 0; i < 7; ++i)
    add_segment(store);
  BOOST_TEST(read(*store.playlist()).discontinuity_sequence == 0u);
  add_segment(store);
  BOOST_TEST(read(*store.playlist()).discontinuity_sequence == 1u);
  for (int i = 0; i < 20; ++i)
    add_segment(store);
  BOOST_TEST(read(*store.playlist()).discontinuity_sequence == 1u);
  BOOST_TEST(try_fetch(store, "init_0.mp4").error() == make_error_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(the_end_is_said_and_a_new_publisher_goes_on) {
  hls_store store({});
  begun(store, 2);
  waiting players;
  players.ask(store, "stream.m3u8", "_HLS_msn=2");
  store.end();
  players.run();
  BOOST_REQUIRE(players.answers.size() == 1u);
  BOOST_TEST(read(text_of(players.answers[0])).ended);
  BOOST_TEST(store.ended());
  store.begin_epoch(body());
  add_segment(store);
  const auto list = read(*store.playlist());
  BOOST_TEST(!list.ended);
  BOOST_TEST(list.segments.back().uri == "seg_2.m4s");
  BOOST_TEST(list.segments.back().discontinuity);
}

BOOST_AUTO_TEST_CASE(a_stream_that_ends_before_it_began_has_no_playlist) {
  hls_store store({});
  store.end();
  BOOST_TEST(try_fetch(store, "stream.m3u8").error() == make_error_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(players_on_other_threads_are_woken) {
  hls_store store({});
  begun(store, 1);
  boost::asio::io_context context;
  int answers = 0;
  for (int i = 0; i < 100; ++i) {
    auto wait = store.get(*hls_name::parse("stream.m3u8"),
                          *hls_query::parse("_HLS_msn=1&_HLS_part=" + std::to_string(i % 5)));
    boost::asio::co_spawn(context, std::move(wait),
                          [&answers](std::exception_ptr, const result<hls_resource>& answer) {
                            if (answer) ++answers;
                          });
  }
  std::thread reader([&context] { context.run(); });
  for (int i = 0; i < 5; ++i)
    store.add_part(part());
  reader.join();
  BOOST_TEST(answers == 100);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace hearth::packager
