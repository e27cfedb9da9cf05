#include "net/wire/presence.hpp"

#include <boost/test/unit_test.hpp>

namespace hearth::wire {
namespace {

constexpr milliseconds now{1'800'000'000'000};

presence example() {
  return make_presence(signing_key::from_seed(bytes32{7}), now, std::chrono::seconds(30), "live",
                       {1, 2, 3});
}

BOOST_AUTO_TEST_SUITE(presences)

BOOST_AUTO_TEST_CASE(what_a_node_signed_holds_for_its_lifetime) {
  BOOST_TEST(check_presence(example(), now).has_value());
  BOOST_TEST(check_presence(example(), now + std::chrono::seconds(30)).has_value());
  BOOST_TEST((check_presence(example(), now + std::chrono::seconds(31)).error() == errc::expired));
}

BOOST_AUTO_TEST_CASE(one_from_the_future_is_refused) {
  BOOST_TEST(check_presence(example(), now - std::chrono::minutes(9)).has_value());
  BOOST_TEST((check_presence(example(), now - std::chrono::minutes(11)).error() == errc::expired));
}

BOOST_AUTO_TEST_CASE(nobody_can_change_it) {
  const auto refused = [](auto change) {
    auto changed = example();
    change(changed);
    return check_presence(changed, now).error();
  };
  BOOST_TEST((refused([](auto& p) { p.body[0] = 9; }) == errc::bad_signature));
  BOOST_TEST((refused([](auto& p) { p.kind = "gone"; }) == errc::bad_signature));
  BOOST_TEST((refused([](auto& p) { p.lifetime_ms += 1; }) == errc::bad_signature));
  BOOST_TEST((refused([](auto& p) { p.issued_at_ms += 1; }) == errc::bad_signature));
  BOOST_TEST((refused([](auto& p) { p.node.key[0] ^= 1; }) == errc::bad_signature));
  BOOST_TEST((refused([](auto& p) { p.lifetime_ms = 60'001; }) == errc::too_large));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace hearth::wire
