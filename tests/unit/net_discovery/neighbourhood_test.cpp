// What a user would lose: a node listed twice, listed for ever, or dialled at an address that does
// not answer while a good one is known.
#include "net/discovery/neighbourhood.hpp"

#include <boost/test/unit_test.hpp>

using namespace hearth;
using namespace hearth::discovery;

namespace {

neighbour make(std::uint8_t number, std::string name = "node") {
  return {signing_key::from_seed(bytes32{number}).id(), std::move(name)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(neighbourhoods)

BOOST_AUTO_TEST_CASE(one_node_on_two_interfaces_is_one_neighbour) {
  neighbourhood all;
  const auto node = make(1);
  auto first = all.seen("eth0 v4", node, {"192.168.1.5", 7000});
  BOOST_REQUIRE_EQUAL(first.size(), 1u);
  BOOST_TEST((first[0].what == event::kind::found));
  BOOST_TEST((first[0].who.node == node.node));
  auto second = all.seen("eth0 v6", node, {"2001:db8::5", 7000});
  BOOST_REQUIRE_EQUAL(second.size(), 1u);
  BOOST_TEST((second[0].what == event::kind::updated));
  BOOST_TEST(second[0].addresses.size() == 2u);
  BOOST_TEST(all.seen("eth0 v6", node, {"2001:db8::5", 7000}).empty());  // nothing new
  BOOST_TEST((all.gone("eth0 v4").at(0).what == event::kind::updated));
  auto last = all.gone("eth0 v6");
  BOOST_REQUIRE_EQUAL(last.size(), 1u);
  BOOST_TEST((last[0].what == event::kind::lost));
  BOOST_TEST(last[0].addresses.empty());
  BOOST_TEST(all.gone("eth0 v6").empty());
}

BOOST_AUTO_TEST_CASE(the_best_address_comes_first_and_none_twice) {
  neighbourhood all;
  const auto node = make(1);
  all.seen("a", node, {"127.0.0.1", 1});
  all.seen("b", node, {"fe80::1%eth0", 1});
  all.seen("c", node, {"2001:db8::1", 1});
  all.seen("d", node, {"10.0.0.1", 1});
  const auto events = all.seen("e", node, {"::1", 1});
  std::vector<std::string> hosts;
  for (const auto& each : events.at(0).addresses)
    hosts.push_back(each.host);
  const std::vector<std::string> expected{"10.0.0.1", "2001:db8::1", "fe80::1%eth0", "127.0.0.1",
                                          "::1"};
  BOOST_TEST(hosts == expected);
  BOOST_TEST(all.seen("f", node, {"10.0.0.1", 1}).empty());
}

BOOST_AUTO_TEST_CASE(changes_of_address_and_name_are_told) {
  neighbourhood all;
  all.seen("a", make(1), {"10.0.0.1", 1});
  const auto moved = all.seen("a", make(1), {"10.0.0.2", 1});
  BOOST_TEST(moved.at(0).addresses.at(0).host == "10.0.0.2");
  const auto renamed = all.seen("a", make(1, "attic"), {"10.0.0.2", 1});
  BOOST_TEST(renamed.at(0).who.name == "attic");
  BOOST_TEST((renamed.at(0).what == event::kind::updated));
}

BOOST_AUTO_TEST_CASE(a_place_that_another_node_takes_over) {
  neighbourhood all;
  all.seen("a", make(1), {"10.0.0.1", 1});
  const auto events = all.seen("a", make(2), {"10.0.0.1", 1});
  BOOST_REQUIRE_EQUAL(events.size(), 2u);
  const bool first_lost = events[0].what == event::kind::lost;
  BOOST_TEST((events[first_lost ? 0 : 1].who.node == make(1).node));
  BOOST_TEST((events[first_lost ? 1 : 0].what == event::kind::found));
}

BOOST_AUTO_TEST_CASE(what_is_not_seen_again_after_a_restart_is_lost) {
  neighbourhood all;
  all.seen("1 a", make(1), {"10.0.0.1", 1});
  all.seen("1 b", make(2), {"10.0.0.2", 1});
  all.begin_round();
  BOOST_TEST(all.seen("1 a", make(1), {"10.0.0.1", 1}).empty());
  const auto events = all.end_round();
  BOOST_REQUIRE_EQUAL(events.size(), 1u);
  BOOST_TEST((events[0].who.node == make(2).node));
  BOOST_TEST((events[0].what == event::kind::lost));
  BOOST_TEST(all.end_round().empty());
}

BOOST_AUTO_TEST_CASE(a_flood_is_limited) {
  neighbourhood all;
  for (std::size_t i = 0; i < 2000; ++i) {
    const auto number = std::to_string(i);
    all.seen(number, make(1), {"10.0." + std::to_string(i / 250) + '.' + number, 1});
    if (i > 20) i += 100;
  }
  const auto events = all.seen("more", make(1), {"10.9.9.9", 1});
  if (!events.empty()) BOOST_TEST(events[0].addresses.size() == neighbourhood::most_addresses);
  for (std::size_t i = 0; i < 1100; ++i) {
    all.seen("x" + std::to_string(i), make(static_cast<std::uint8_t>(i)), {"10.0.0.1", 1});
  }
  BOOST_TEST(all.size() == neighbourhood::most_sightings);
  BOOST_TEST(all.seen("one more", make(99), {"10.0.0.1", 1}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
