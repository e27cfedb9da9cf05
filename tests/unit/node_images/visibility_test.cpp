#include "node/images/visibility.hpp"

#include <boost/test/unit_test.hpp>

using namespace hearth::images;

BOOST_AUTO_TEST_SUITE(image_visibility)

// The whole table, written out: a mistake here shows somebody's private picture.
BOOST_AUTO_TEST_CASE(who_may_see_what) {
  struct row {
    visibility of;
    bool viewer, member, owner, peer;
  };
  const row table[] = {
      {visibility::everyone, true, true, true, true},
      {visibility::subscribers, false, true, true, true},
      {visibility::owner_only, false, false, true, false},
  };
  for (const auto& each : table) {
    BOOST_TEST_CONTEXT(visibility_name(each.of)) {
      BOOST_TEST(may_see(each.of, audience::viewer) == each.viewer);
      BOOST_TEST(may_see(each.of, audience::member) == each.member);
      BOOST_TEST(may_see(each.of, audience::owner) == each.owner);
      BOOST_TEST(may_see(each.of, audience::peer) == each.peer);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_value_that_is_none_shows_nothing) {
  const auto unknown = static_cast<visibility>(9);
  for (auto who : {audience::viewer, audience::member, audience::owner, audience::peer})
    BOOST_TEST(!may_see(unknown, who));
  BOOST_TEST(visibility_name(unknown) == "private");
}

BOOST_AUTO_TEST_CASE(names_are_read_back) {
  for (auto each : {visibility::everyone, visibility::subscribers, visibility::owner_only})
    BOOST_TEST((parse_visibility(visibility_name(each)) == each));
  for (const auto* name : {"", "Public", "all", "owner_only"})
    BOOST_TEST(!parse_visibility(name).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
