#include "store/base/uuid.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

using hearth::is_uuid;
using hearth::make_uuid;

BOOST_AUTO_TEST_SUITE(uuids)

BOOST_AUTO_TEST_CASE(a_new_one_is_of_version_four) {
  for (int i = 0; i < 100; ++i) {
    const auto made = make_uuid(hearth::system_random());
    BOOST_TEST(is_uuid(made));
    BOOST_TEST(made[14] == '4');
    BOOST_TEST((std::string_view("89ab").find(made[19]) != std::string_view::npos));
  }
}

// A stream key that another stream has too would let one publish on the other.
BOOST_AUTO_TEST_CASE(no_two_are_alike) {
  std::set<std::string> made;
  for (int i = 0; i < 10'000; ++i)
    made.insert(make_uuid(hearth::system_random()));
  BOOST_TEST(made.size() == 10'000u);
}

BOOST_AUTO_TEST_CASE(other_forms_are_none) {
  BOOST_TEST(is_uuid("01234567-89ab-cdef-0123-456789abcdef"));
  for (const auto* text :
       {"", "01234567-89AB-cdef-0123-456789abcdef", "01234567-89ab-cdef-0123-456789abcde",
        "01234567-89ab-cdef-0123-456789abcdef0", "0123456789ab-cdef-0123-456789abcdef00",
        "01234567-89ab-cdef-0123-456789abcdeg", "../34567-89ab-cdef-0123-456789abcdef"}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(!is_uuid(text));
    }
  }
}

// The id says who made the thing: another node can't claim a stream under it.
BOOST_AUTO_TEST_CASE(an_id_belongs_to_the_key_it_was_made_for) {
  const auto ours = hearth::system_random().key();
  const auto theirs = hearth::system_random().key();
  for (int i = 0; i < 50; ++i) {
    const auto made = hearth::make_owned_uuid(hearth::system_random(), ours);
    BOOST_TEST(is_uuid(made));
    BOOST_TEST(hearth::uuid_owned_by(made, ours));
    BOOST_TEST(!hearth::uuid_owned_by(made, theirs));
  }
  const auto made = hearth::make_owned_uuid(hearth::system_random(), ours);
  BOOST_TEST(made != hearth::make_owned_uuid(hearth::system_random(), ours));
  BOOST_TEST(!hearth::uuid_owned_by(make_uuid(hearth::system_random()), ours));
  BOOST_TEST(!hearth::uuid_owned_by("../../" + made, ours));
  auto other_version = made;
  other_version[14] = '1';
  BOOST_TEST(!hearth::uuid_owned_by(other_version, ours));
}

BOOST_AUTO_TEST_SUITE_END()
