// How much is moved: little more than what differs.
#include <boost/test/unit_test.hpp>

#include "network.hpp"

namespace hearth::sim {
namespace {

using std::chrono::seconds;

constexpr std::size_t summary_bytes = 57;

BOOST_AUTO_TEST_SUITE(cost)

BOOST_AUTO_TEST_CASE(a_healed_partition_moves_little_more_than_what_differs) {
  for (const auto seed : seeds(6)) {
    BOOST_TEST_CONTEXT("HEARTH_SIM_SEED=" << seed) {
      network net(seed, 4 + 2 * (seed % 4));
      net.full_mesh();
      for (std::size_t i = 0; i < net.size(); ++i)
        net.append(i, 50'000);
      BOOST_REQUIRE(net.converges_within(seconds(10)));

      const auto half = [](std::size_t a, std::size_t b) { return a % 2 == b % 2; };
      net.shape(half);
      const auto before_news = net.bytes_appended();
      for (int i = 0; i < 300; ++i)
        net.append(net.pick(net.size()), 200 + net.pick(1'500));
      net.run_for(seconds(5));
      const auto news = net.bytes_appended() - before_news;

      const auto before = net.bytes_moved();
      net.full_mesh();
      BOOST_REQUIRE(net.converges_within(seconds(10)));
      const auto moved = net.bytes_moved() - before;
      // Every piece of news must reach the half of the nodes that lacks it.
      const auto needed = news * net.size() / 2;
      const auto new_links = net.size() * net.size() / 4;
      const auto vectors = new_links * 2 * net.size() * summary_bytes;
      BOOST_TEST_MESSAGE("needed " << needed << ", moved " << moved);
      BOOST_TEST(moved < needed * 105 / 100 + 3 * vectors);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_reconnect_in_step_costs_two_digests) {
  for (const auto seed : seeds(3)) {
    BOOST_TEST_CONTEXT("HEARTH_SIM_SEED=" << seed) {
      network net(seed, 8);
      net.full_mesh();
      for (std::size_t i = 0; i < net.size(); ++i)
        net.append(i, 5'000);
      BOOST_REQUIRE(net.converges_within(seconds(10)));
      net.run_for(seconds(1));
      net.cut(0, 1);
      const auto before = net.bytes_moved();
      net.link(0, 1);
      net.run_for(milliseconds(50));
      BOOST_TEST(net.bytes_moved() - before == 2u * 17u);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_mesh_at_rest_says_next_to_nothing) {
  network net(1, 10);
  net.full_mesh();
  for (std::size_t i = 0; i < net.size(); ++i)
    net.append(i, 5'000);
  BOOST_REQUIRE(net.converges_within(seconds(10)));
  net.run_for(seconds(60));
  const auto before = net.bytes_moved();
  net.run_for(seconds(600));
  // A digest of 17 bytes each way over 45 links, at least every 22.5 s.
  BOOST_TEST(net.bytes_moved() - before <= 45u * 2 * 17 * 27);
}

BOOST_AUTO_TEST_CASE(a_small_entry_crosses_a_mesh_about_once_a_node) {
  network net(2, 16);
  net.full_mesh();
  net.run_for(seconds(2));
  const auto before = net.bytes_moved();
  net.append(3, 3'000);
  net.run_for(seconds(2));
  BOOST_TEST(net.all_equal());
  const auto moved = net.bytes_moved() - before;
  BOOST_TEST_MESSAGE("a 3,000-byte entry for 15 nodes moved " << moved);
  BOOST_TEST(moved < 15u * 3'300 + 120 * 2 * 64 + 16 * 15 * 17);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace hearth::sim
