// Whatever the network did, once it is whole every node holds the same, and nothing was lost.
#include <boost/test/unit_test.hpp>

#include "network.hpp"

namespace hearth::sim {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

std::size_t some_size(network& net) {
  switch (net.pick(20)) {
    case 0:
      return net.pick(400'000);  // several pieces
    case 1:
      return net.pick(20'000);
    default:
      return net.pick(1'000);
  }
}

/// One of the things that happen to homes.
void disturb(network& net) {
  const auto a = net.pick(net.size());
  const auto b = net.pick(net.size());
  switch (net.pick(12)) {
    case 0:
      net.restart(a);
      break;
    case 1: {  // the network falls into two parts
      const auto modulus = net.pick(3) + 2;
      net.shape([modulus](std::size_t x, std::size_t y) { return (x % modulus) == (y % modulus); });
      break;
    }
    case 2:
      net.full_mesh();
      break;
    case 3:
    case 4:
      net.cut(a, b);
      break;
    case 5:
    case 6:
      net.link(a, b);
      break;
    default:
      net.append(a, some_size(net));
      break;
  }
}

void check_whole(network& net, milliseconds limit) {
  BOOST_TEST(net.converges_within(limit));
  BOOST_TEST(net.entries_arrived() == net.entries_appended() * (net.size() - 1));
  BOOST_TEST(net.alarms() == 0u);
}

BOOST_AUTO_TEST_SUITE(chaos)

BOOST_AUTO_TEST_CASE(after_any_disturbance_all_hold_the_same) {
  for (const auto seed : seeds(25)) {
    BOOST_TEST_CONTEXT("HEARTH_SIM_SEED=" << seed) {
      network net(seed, 3 + seed % 10);
      net.set_faults({milliseconds(1), milliseconds(200), 0.05, 0.05});
      for (int i = 0; i < 150; ++i) {
        disturb(net);
        net.run_for(milliseconds(net.pick(500)));
      }
      net.full_mesh();
      check_whole(net, minutes(5));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_very_bad_network_is_slow_but_not_wrong) {
  for (const auto seed : seeds(4)) {
    BOOST_TEST_CONTEXT("HEARTH_SIM_SEED=" << seed) {
      network net(seed, 5, {milliseconds(10), milliseconds(3'000), 0.3, 0.2});
      net.full_mesh();
      for (int i = 0; i < 60; ++i) {
        net.append(net.pick(net.size()), some_size(net));
        net.run_for(milliseconds(net.pick(1'000)));
      }
      check_whole(net, minutes(20));
    }
  }
}

BOOST_AUTO_TEST_CASE(twenty_nodes_in_a_ring_pass_everything_on) {
  for (const auto seed : seeds(2)) {
    BOOST_TEST_CONTEXT("HEARTH_SIM_SEED=" << seed) {
      network net(seed, 20);
      for (std::size_t i = 0; i < net.size(); ++i)
        net.link(i, (i + 1) % net.size());
      for (std::size_t i = 0; i < net.size(); ++i)
        net.append(i, 500);
      check_whole(net, seconds(10));
    }
  }
}

BOOST_AUTO_TEST_CASE(in_a_healthy_mesh_news_are_everywhere_at_once) {
  for (const auto seed : seeds(3)) {
    BOOST_TEST_CONTEXT("HEARTH_SIM_SEED=" << seed) {
      network net(seed, 12);
      net.full_mesh();
      net.run_for(seconds(1));
      for (int i = 0; i < 20; ++i) {
        net.append(net.pick(net.size()), net.pick(3'000));
        net.run_for(milliseconds(10));  // the slowest link takes 5
        BOOST_TEST(net.all_equal());
      }
      BOOST_TEST(net.alarms() == 0u);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_seed_replays_the_same_run) {
  const auto run = [](std::uint64_t seed) {
    network net(seed, 6, {milliseconds(1), milliseconds(100), 0.1, 0.1});
    for (int i = 0; i < 100; ++i) {
      disturb(net);
      net.run_for(milliseconds(net.pick(300)));
    }
    return net.bytes_moved();
  };
  BOOST_TEST(run(5) == run(5));
  BOOST_TEST(run(5) != run(6));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace hearth::sim
