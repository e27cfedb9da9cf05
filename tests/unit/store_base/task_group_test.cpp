#include "store/base/task_group.hpp"

#include <boost/asio/post.hpp>
#include <stdexcept>

#include "store/base/with_timeout.hpp"
#include "waiting.hpp"

using hearth::awaitable;
using hearth::errc;
using hearth::task_group;
using std::chrono::milliseconds;

namespace {

awaitable<void> wait_long(bool* ended) {
  co_await hearth::sleep_for(std::chrono::hours(1));
  *ended = true;
}

awaitable<void> count(int* counter) {
  ++*counter;
  co_return;
}

awaitable<void> fail() {
  throw std::runtime_error("on purpose");
  co_return;
}

/// Ends only when it is let go, whatever it is told.
awaitable<void> ignore_cancellation(bool* let_go) {
  co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
  while (!*let_go)
    co_await hearth::sleep_for(milliseconds(5));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(task_groups)

BOOST_AUTO_TEST_CASE(tasks_run_and_leave_the_group) {
  boost::asio::io_context io;
  task_group group("test", 10);
  int counter = 0;
  BOOST_TEST(group.spawn(io.get_executor(), "one", count(&counter)).has_value());
  BOOST_TEST(group.spawn(io.get_executor(), "two", count(&counter)).has_value());
  BOOST_TEST(group.size() == 2u);
  io.run();
  BOOST_TEST(counter == 2);
  BOOST_TEST(group.size() == 0u);
}

// A flood of connections must not take all memory.
BOOST_AUTO_TEST_CASE(a_full_group_takes_no_more_until_a_task_ends) {
  boost::asio::io_context io;
  task_group group("test", 2);
  int counter = 0;
  BOOST_REQUIRE(group.spawn(io.get_executor(), "one", count(&counter)));
  BOOST_REQUIRE(group.spawn(io.get_executor(), "two", count(&counter)));
  BOOST_TEST(
      (group.spawn(io.get_executor(), "three", count(&counter)).error() == errc::group_full));
  io.run();
  BOOST_TEST(counter == 2);
  BOOST_TEST(group.spawn(io.get_executor(), "four", count(&counter)).has_value());
}

BOOST_AUTO_TEST_CASE(a_cancelled_group_ends_its_tasks_and_takes_none) {
  boost::asio::io_context io;
  task_group group("test", 10);
  bool ended = false;
  int counter = 0;
  BOOST_REQUIRE(group.spawn(io.get_executor(), "long", wait_long(&ended)));
  group.cancel();
  BOOST_TEST(
      (group.spawn(io.get_executor(), "late", count(&counter)).error() == errc::group_closed));
  BOOST_TEST(run_to_end(io, group.join(std::chrono::seconds(5))).has_value());
  BOOST_TEST(group.size() == 0u);
  BOOST_TEST(counter == 0);
}

// Shutdown has a deadline even when something hangs.
BOOST_AUTO_TEST_CASE(a_task_that_does_not_end_is_not_waited_for_for_ever) {
  boost::asio::io_context io;
  task_group group("test", 10);
  bool let_go = false;
  BOOST_REQUIRE(group.spawn(io.get_executor(), "stubborn", ignore_cancellation(&let_go)));
  io.poll();
  group.cancel();
  BOOST_TEST((run_to_end(io, group.join(milliseconds(50))).error() == errc::timed_out));
  BOOST_TEST(group.size() == 1u);
  let_go = true;
  BOOST_TEST(run_to_end(io, group.join(std::chrono::seconds(5))).has_value());
}

// One client's failure is that client's only.
BOOST_AUTO_TEST_CASE(an_exception_ends_its_task_only) {
  boost::asio::io_context io;
  task_group group("test", 10);
  int counter = 0;
  BOOST_REQUIRE(group.spawn(io.get_executor(), "bad", fail()));
  BOOST_REQUIRE(group.spawn(io.get_executor(), "good", count(&counter)));
  BOOST_CHECK_NO_THROW(io.run());
  BOOST_TEST(counter == 1);
  BOOST_TEST(group.size() == 0u);
}

BOOST_AUTO_TEST_CASE(a_group_that_goes_cancels_what_it_has) {
  boost::asio::io_context io;
  bool ended = false;
  {
    task_group group("test", 10);
    BOOST_REQUIRE(group.spawn(io.get_executor(), "long", wait_long(&ended)));
    io.poll();
  }
  io.restart();
  io.run_for(std::chrono::seconds(5));
  BOOST_TEST(io.stopped());  // nothing is left to wait for
}

BOOST_AUTO_TEST_SUITE_END()
