#include "waiting.hpp"

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <future>
#include <stdexcept>
#include <thread>

#include "store/base/run_on.hpp"
#include "store/base/task_group.hpp"
#include "store/base/with_timeout.hpp"

using hearth::awaitable;
using hearth::errc;
using hearth::result;
using hearth::with_timeout;
using std::chrono::milliseconds;

namespace {

awaitable<result<int>> answer_after(milliseconds pause, int value, bool* ended) {
  co_await hearth::sleep_for(pause);
  *ended = true;
  co_return value;
}

awaitable<result<int>> refuse() {
  co_return errc::malformed;
}

awaitable<result<std::thread::id>> thread_of(boost::asio::thread_pool& pool) {
  auto work = []() -> result<std::thread::id> { return std::this_thread::get_id(); };
  auto there = co_await hearth::run_on(pool.get_executor(), std::move(work));
  const bool back = std::this_thread::get_id() != *there;
  if (!back) co_return errc::io_failed;
  co_return there;
}

awaitable<result<int>> throw_on(boost::asio::thread_pool& pool) {
  auto work = []() -> int { throw std::runtime_error("on purpose"); };
  try {
    co_return co_await hearth::run_on(pool.get_executor(), std::move(work));
  } catch (const std::runtime_error&) {
    co_return errc::malformed;
  }
}

awaitable<result<int>> answer_elsewhere(boost::asio::any_io_executor there, milliseconds pause,
                                        bool* ended) {
  auto work = answer_after(pause, 7, ended);
  co_return co_await hearth::await_on(there, std::move(work));
}

awaitable<result<int>> count_after_a_moment(std::atomic<int>* ended) {
  co_await hearth::sleep_for(milliseconds(1));
  co_return ++*ended;
}

awaitable<void> end_elsewhere(boost::asio::any_io_executor there, std::atomic<int>* ended) {
  (void)co_await hearth::await_on(there, count_after_a_moment(ended));
}

awaitable<void> cancelled_elsewhere(boost::asio::any_io_executor there, int* ended) {
  bool late = false;
  auto work = answer_after(std::chrono::hours(1), 7, &late);
  (void)co_await hearth::await_on(there, std::move(work));
  ++*ended;
}

awaitable<void> count_there(boost::asio::thread_pool& pool, std::atomic<int>* ran) {
  auto work = [ran] { ++*ran; };
  co_await hearth::run_on(pool.get_executor(), std::move(work));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(waiting)

BOOST_AUTO_TEST_CASE(what_comes_in_time_is_given) {
  boost::asio::io_context io;
  bool ended = false;
  auto work = answer_after(milliseconds(1), 7, &ended);
  BOOST_TEST(*run_to_end(io, with_timeout(std::move(work), std::chrono::seconds(5))) == 7);
  BOOST_TEST(
      (run_to_end(io, with_timeout(refuse(), std::chrono::seconds(5))).error() == errc::malformed));
}

// A peer that never answers must not hold anybody for ever.
BOOST_AUTO_TEST_CASE(what_comes_too_late_is_given_up) {
  boost::asio::io_context io;
  bool ended = false;
  auto work = answer_after(std::chrono::hours(1), 7, &ended);
  const auto got = run_to_end(io, with_timeout(std::move(work), milliseconds(20)));
  BOOST_TEST((got.error() == errc::timed_out));
}

BOOST_AUTO_TEST_CASE(blocking_work_runs_elsewhere_and_the_caller_goes_on_here) {
  boost::asio::io_context io;
  boost::asio::thread_pool pool(1);
  const auto there = run_to_end(io, thread_of(pool));
  BOOST_REQUIRE(there);
  BOOST_TEST((*there != std::this_thread::get_id()));
}

BOOST_AUTO_TEST_CASE(a_coroutine_runs_on_another_strand_and_can_be_given_up) {
  boost::asio::io_context io;
  bool ended = false;
  const auto strand = boost::asio::make_strand(io);
  auto quick = answer_elsewhere(strand, milliseconds(1), &ended);
  BOOST_TEST(*run_to_end(io, with_timeout(std::move(quick), std::chrono::seconds(5))) == 7);
  auto slow = answer_elsewhere(strand, std::chrono::hours(1), &ended);
  BOOST_TEST(
      (run_to_end(io, with_timeout(std::move(slow), milliseconds(20))).error() == errc::timed_out));
}

// A node that shuts down cancels what ends just then on another strand: it must not crash.
BOOST_AUTO_TEST_CASE(a_cancellation_and_an_end_may_cross) {
  constexpr int tasks = 20;
  for (int round = 0; round < 100; ++round) {
    boost::asio::thread_pool pool(2);
    hearth::task_group group("test", tasks);
    std::atomic<int> ended = 0;
    for (int i = 0; i < tasks; ++i) {
      auto task = end_elsewhere(boost::asio::make_strand(pool), &ended);
      BOOST_REQUIRE(group.spawn(boost::asio::make_strand(pool), "crossing", std::move(task)));
    }
    while (ended < round % tasks)
      std::this_thread::yield();
    group.cancel();
    pool.join();
    BOOST_TEST(group.size() == 0u);
  }
}

BOOST_AUTO_TEST_CASE(what_waits_elsewhere_ends_at_a_cancellation) {
  boost::asio::io_context io;
  hearth::task_group group("test", 10);
  int ended = 0;
  const auto there = boost::asio::make_strand(io);
  BOOST_REQUIRE(
      group.spawn(boost::asio::make_strand(io), "waits", cancelled_elsewhere(there, &ended)));
  io.run_for(milliseconds(20));
  group.cancel();
  BOOST_TEST(run_to_end(io, group.join(std::chrono::seconds(5))).has_value());
}

// What was begun for a caller, e.g. a write to the log, is done whether he waits for it or not.
BOOST_AUTO_TEST_CASE(a_function_runs_to_its_end_though_its_caller_is_cancelled) {
  std::atomic<int> ran = 0;
  {
    boost::asio::thread_pool pool(1);
    boost::asio::io_context io;
    hearth::task_group group("test", 10);
    std::promise<void> let_go;
    auto block = [held = let_go.get_future()]() mutable { held.wait(); };
    boost::asio::post(pool, std::move(block));
    BOOST_REQUIRE(group.spawn(io.get_executor(), "asks", count_there(pool, &ran)));
    io.poll();
    group.cancel();
    io.restart();
    io.poll();
    BOOST_TEST(group.size() == 1u);  // the caller waits for what was begun
    let_go.set_value();
    io.restart();
    io.run_for(std::chrono::seconds(2));
    BOOST_TEST(group.size() == 0u);
  }
  BOOST_TEST(ran == 1);
}

BOOST_AUTO_TEST_CASE(an_exception_there_arrives_here) {
  boost::asio::io_context io;
  boost::asio::thread_pool pool(1);
  BOOST_TEST((run_to_end(io, throw_on(pool)).error() == errc::malformed));
}

BOOST_AUTO_TEST_SUITE_END()
