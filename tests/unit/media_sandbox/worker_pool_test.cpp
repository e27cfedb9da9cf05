#include "media/sandbox/worker_pool.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>

#include "media/sandbox/worker_path.hpp"
#include "pool_fixture.hpp"

using namespace hearth::sandbox;
using namespace std::chrono_literals;
using outcome = std::optional<hearth::result<hearth::bytes>>;

namespace {

bool is(const outcome& got, errc expected) {
  return got && !*got && got->error() == expected;
}

pool_options one_worker(std::size_t most_waiting, hearth::milliseconds longest_wait = 60s) {
  return {.most_workers = 1, .most_waiting = most_waiting, .longest_wait = longest_wait};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pool)

BOOST_FIXTURE_TEST_CASE(a_crash_costs_that_one_job, pool_fixture) {
  BOOST_TEST(is(run("crash"), errc::worker_crashed));
  BOOST_TEST(said("read") == "some bytes");
  BOOST_TEST(pool.counts().started == 2u);
  BOOST_TEST(pool.counts().failed == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_loop_is_ended_by_the_clock, pool_fixture) {
  const auto begin = std::chrono::steady_clock::now();
  BOOST_TEST(is(run("spin", {.wall = 200ms}), errc::worker_timed_out));
  BOOST_TEST((std::chrono::steady_clock::now() - begin < 5s));
}

BOOST_FIXTURE_TEST_CASE(a_loop_is_ended_by_its_processor_time, pool_fixture) {
  BOOST_TEST(is(run("spin", {.wall = 60s, .cpu = 1s}), errc::worker_timed_out));
}

BOOST_FIXTURE_TEST_CASE(a_memory_bomb_is_ended_by_its_limit, pool_fixture) {
  BOOST_TEST(is(run("memory", {.memory_bytes = 64 << 20}), errc::worker_out_of_memory));
}

BOOST_FIXTURE_TEST_CASE(an_answer_is_bounded, pool_fixture) {
  BOOST_TEST(is(run("flood", {.answer_bytes = 100'000}), errc::answer_too_large));
}

BOOST_FIXTURE_TEST_CASE(an_unknown_job_is_refused, pool_fixture) {
  outcome got;
  boost::asio::co_spawn(io, keep(pool.run("dance", {}, input.get()), got), boost::asio::detached);
  io.run();
  BOOST_TEST(is(got, errc::unknown_job));
}

BOOST_FIXTURE_TEST_CASE(a_request_above_its_limit_is_refused, pool_fixture) {
  outcome got;
  boost::asio::co_spawn(io, keep(pool.run("x", hearth::bytes(max_request_bytes), input.get()), got),
                        boost::asio::detached);
  io.run();
  BOOST_TEST((got->error() == hearth::errc::too_large));
}

BOOST_FIXTURE_TEST_CASE(a_file_that_cannot_be_read_is_refused, pool_fixture) {
  input = descriptor();
  BOOST_TEST(is(run("read"), errc::bad_input_file));
}

BOOST_AUTO_TEST_CASE(a_missing_or_wrong_worker_is_named) {
  pool_fixture missing({.worker = "/nonexistent/hearth-worker"});
  BOOST_TEST(is(missing.run("read"), errc::worker_not_found));
  pool_fixture not_a_program({.worker = "/etc/passwd"});
  BOOST_TEST(is(not_a_program.run("read"), errc::worker_not_started));
  pool_fixture other({.worker = "/bin/true"});
  BOOST_TEST(is(other.run("read"), errc::bad_answer));
}

BOOST_AUTO_TEST_CASE(jobs_wait_for_a_place_and_too_many_are_refused) {
  pool_fixture fixture(one_worker(2));
  std::array<outcome, 4> got;
  for (auto& each : got)
    fixture.start("threads", each);
  fixture.io.run();
  for (std::size_t i = 0; i < 3; ++i)
    BOOST_TEST((got[i] && bool(*got[i])));
  BOOST_TEST(is(got[3], errc::queue_full));
}

BOOST_AUTO_TEST_CASE(a_job_does_not_wait_for_ever) {
  pool_fixture fixture(one_worker(2, 50ms));
  outcome first;
  outcome second;
  fixture.start("spin", first, {.wall = 500ms});
  fixture.start("read", second);
  fixture.io.run();
  BOOST_TEST(is(first, errc::worker_timed_out));
  BOOST_TEST(is(second, errc::queue_full));
}

BOOST_AUTO_TEST_CASE(a_cancelled_job_ends_its_worker_and_frees_its_place) {
  pool_fixture fixture(one_worker(2));
  outcome first;
  outcome second;
  outcome third;
  boost::asio::cancellation_signal stop_first;
  boost::asio::cancellation_signal stop_second;
  const auto start = [&](outcome& out, boost::asio::cancellation_signal& stop) {
    boost::asio::co_spawn(
        fixture.io,
        pool_fixture::keep(
            fixture.pool.run("selftest", pool_fixture::word("spin"), fixture.input.get()), out),
        boost::asio::bind_cancellation_slot(stop.slot(), boost::asio::detached));
  };
  start(first, stop_first);
  start(second, stop_second);
  fixture.start("read", third);
  boost::asio::steady_timer timer(fixture.io, 100ms);
  timer.async_wait([&](auto) {
    stop_second.emit(boost::asio::cancellation_type::terminal);
    stop_first.emit(boost::asio::cancellation_type::terminal);
  });
  const auto begin = std::chrono::steady_clock::now();
  fixture.io.run();
  BOOST_TEST((std::chrono::steady_clock::now() - begin < 5s));
  BOOST_TEST(is(first, errc::cancelled));
  BOOST_TEST(is(second, errc::cancelled));
  BOOST_TEST((third && bool(*third)));
}

BOOST_AUTO_TEST_CASE(closing_ends_what_runs_and_what_waits) {
  pool_fixture fixture(one_worker(2));
  outcome running;
  outcome waiting;
  fixture.start("spin", running);
  fixture.start("spin", waiting);
  boost::asio::steady_timer timer(fixture.io, 100ms);
  timer.async_wait([&](auto) { fixture.pool.close(); });
  fixture.io.run();
  BOOST_TEST(is(running, errc::pool_closed));
  BOOST_TEST(is(waiting, errc::pool_closed));
  BOOST_TEST(is(fixture.run("read"), errc::pool_closed));
}

// The daemon goes down with jobs in flight: no process may stay behind.
BOOST_AUTO_TEST_CASE(a_pool_that_goes_takes_its_workers_along) {
  outcome got;
  {
    pool_fixture fixture;
    fixture.start("spin", got);
    fixture.io.run_for(100ms);
    BOOST_TEST(fixture.pool.counts().started == 1u);
  }
  BOOST_TEST(!got.has_value());
}

BOOST_AUTO_TEST_CASE(every_error_has_words) {
  for (int value = 1; value <= static_cast<int>(errc::bad_answer); ++value) {
    BOOST_TEST(category().message(value) != "unknown error");
  }
}

BOOST_AUTO_TEST_SUITE_END()
