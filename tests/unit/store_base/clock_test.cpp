#include "store/base/clock.hpp"

#include <boost/test/unit_test.hpp>

using hearth::hybrid_clock;
using hearth::milliseconds;

namespace {

class manual_clock final : public hearth::clock {
 public:
  milliseconds wall() const override { return now; }
  milliseconds steady() const override { return now; }
  milliseconds now{1'800'000'000'000};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(clocks)

BOOST_AUTO_TEST_CASE(stamps_rise_whatever_the_wall_clock_does) {
  manual_clock time;
  hybrid_clock stamps(time);
  auto last = stamps.next();
  for (const auto step : {0, 0, 5, -1000, 0, -3'600'000, 1}) {
    time.now += milliseconds(step);
    const auto next = stamps.next();
    BOOST_TEST(next > last);
    last = next;
  }
}

BOOST_AUTO_TEST_CASE(a_stamp_follows_all_that_was_seen) {
  manual_clock time;
  manual_clock ahead;
  ahead.now += std::chrono::minutes(9);
  hybrid_clock here(time);
  hybrid_clock there(ahead);
  const auto seen = there.next();
  here.observe(seen);
  BOOST_TEST(here.next() > seen);
}

// One node with its year wrong must not drag all others into the future.
BOOST_AUTO_TEST_CASE(a_clock_far_ahead_is_not_followed) {
  manual_clock time;
  manual_clock wrong;
  wrong.now += std::chrono::hours(24 * 365);
  hybrid_clock here(time);
  here.observe(hybrid_clock(wrong).next());
  BOOST_TEST((hybrid_clock::wall_of(here.next()) == time.now));
}

BOOST_AUTO_TEST_CASE(times_are_written_as_rfc3339) {
  BOOST_TEST(hearth::to_rfc3339(milliseconds(0)) == "1970-01-01T00:00:00.000Z");
  BOOST_TEST(hearth::to_rfc3339(milliseconds(1'769'860'800'250)) == "2026-01-31T12:00:00.250Z");
  BOOST_TEST(hearth::to_rfc3339(milliseconds(951'782'400'007)) == "2000-02-29T00:00:00.007Z");
}

BOOST_AUTO_TEST_CASE(the_machines_clock_goes) {
  const auto& machine = hearth::system_clock();
  const auto before = machine.steady();
  BOOST_TEST((machine.steady() >= before));
  BOOST_TEST((machine.wall() > milliseconds(1'700'000'000'000)));
}

BOOST_AUTO_TEST_SUITE_END()
