#include "node/streams/viewer_count.hpp"

#include "memory_node.hpp"

using hearth::journal_test::manual_clock;
using hearth::streams::viewer_count;

BOOST_AUTO_TEST_SUITE(viewers)

BOOST_AUTO_TEST_CASE(a_lease_counts_until_it_goes) {
  manual_clock time;
  viewer_count viewers(time);
  BOOST_TEST(viewers.now() == 0u);
  auto first = viewers.lease();
  const auto second = viewers.lease();
  BOOST_TEST(viewers.now() == 2u);
  first.reset();
  BOOST_TEST(viewers.now() == 1u);
}

BOOST_AUTO_TEST_CASE(who_polls_counts_once_and_is_forgotten_after_a_while) {
  manual_clock time;
  viewer_count viewers(time);
  viewers.seen("a");
  viewers.seen("b");
  viewers.seen("a");
  BOOST_TEST(viewers.now() == 2u);
  time.now += std::chrono::seconds(10);
  viewers.seen("a");
  time.now += std::chrono::seconds(6);
  BOOST_TEST(viewers.now() == 1u);
  time.now += std::chrono::seconds(10);
  BOOST_TEST(viewers.now() == 0u);
}

BOOST_AUTO_TEST_CASE(a_flood_of_names_takes_no_more_memory_than_allowed) {
  manual_clock time;
  viewer_count viewers(time);
  for (int i = 0; i < 20'000; ++i)
    viewers.seen(std::to_string(i));
  BOOST_TEST(viewers.now() == 10'000u);
}

BOOST_AUTO_TEST_SUITE_END()
