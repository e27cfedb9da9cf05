// What a picture that takes over its decoder could do: nothing.
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>

#include "pool_fixture.hpp"

using hearth::sandbox::errc;

BOOST_FIXTURE_TEST_SUITE(walls, pool_fixture)

BOOST_AUTO_TEST_CASE(no_file_can_be_opened) {
  BOOST_TEST(said("open") == "refused: 13");
}

BOOST_AUTO_TEST_CASE(no_network_no_program_no_other_process) {
  for (const auto* what : {"socket", "fork", "exec", "kill", "trace"}) {
    BOOST_TEST_CONTEXT(what) {
      const auto answer = run(what);
      BOOST_REQUIRE(!answer);
      BOOST_TEST((answer.error() == errc::worker_broke_rules));
    }
  }
}

BOOST_AUTO_TEST_CASE(no_writing_to_the_input_no_new_code_no_higher_limit) {
  for (const auto* what : {"write-input", "executable", "limit"}) {
    BOOST_TEST_CONTEXT(what) {
      const auto answer = run(what);
      BOOST_REQUIRE(!answer);
      BOOST_TEST((answer.error() == errc::worker_broke_rules));
    }
  }
}

BOOST_AUTO_TEST_CASE(nothing_of_the_daemon_is_passed_on) {
  ::setenv("HEARTH_TEST_SECRET", "1", 1);
  const auto leaked = ::fcntl(input.get(), F_DUPFD, 100);  // without close-on-exec
  BOOST_TEST(said("look") == "0 1 2 3 4 LC_ALL=C ");
  ::close(leaked);
}

BOOST_AUTO_TEST_CASE(the_input_can_be_read_and_threads_can_be_used) {
  BOOST_TEST(said("read") == "some bytes");
  BOOST_TEST(said("threads") == "42");
}

BOOST_AUTO_TEST_SUITE_END()
