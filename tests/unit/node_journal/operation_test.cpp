#include "node/journal/operation.hpp"

#include <boost/test/unit_test.hpp>

using namespace hearth::journal;

namespace {

stamp at(std::uint64_t clock, std::uint8_t author) {
  stamp out;
  out.clock = clock;
  out.id.author.key[0] = author;
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(operations)

// Two nodes that get the same writes in another order must show the same name.
BOOST_AUTO_TEST_CASE(the_last_writer_wins_in_whatever_order_writes_come) {
  last_write<std::string> one;
  BOOST_TEST(one.set("early", at(10, 2)));
  BOOST_TEST(one.set("late", at(20, 1)));
  last_write<std::string> other;
  BOOST_TEST(other.set("late", at(20, 1)));
  BOOST_TEST(!other.set("early", at(10, 2)));
  BOOST_TEST(one.value == "late");
  BOOST_TEST(other.value == "late");
}

BOOST_AUTO_TEST_CASE(the_author_breaks_a_tie) {
  last_write<std::string> one;
  BOOST_TEST(one.set("a", at(10, 1)));
  BOOST_TEST(one.set("b", at(10, 2)));
  last_write<std::string> other;
  BOOST_TEST(other.set("b", at(10, 2)));
  BOOST_TEST(!other.set("a", at(10, 1)));
  BOOST_TEST(one.value == other.value);
}

BOOST_AUTO_TEST_CASE(a_version_has_one_name_that_nothing_else_has) {
  operation_id id;
  id.author.key[5] = 7;
  id.incarnation = 3;
  id.sequence = 9;
  BOOST_TEST(id.text().size() == 16u);
  BOOST_TEST(id.text() == operation_id(id).text());
  auto next = id;
  ++next.sequence;
  auto restored = id;
  ++restored.incarnation;
  BOOST_TEST(next.text() != id.text());
  BOOST_TEST(restored.text() != id.text());
  BOOST_TEST(next.text() != restored.text());
}

BOOST_AUTO_TEST_SUITE_END()
