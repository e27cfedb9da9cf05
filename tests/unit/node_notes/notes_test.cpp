#include "node/notes/notes.hpp"

#include <boost/test/unit_test.hpp>

#include "small_node.hpp"

using namespace hearth::notes;
using namespace hearth::notes_test;

BOOST_AUTO_TEST_SUITE(notes_service)

BOOST_AUTO_TEST_CASE(a_note_survives_a_restart_with_its_history) {
  small_node node("restart");
  const auto made = *node.own->create({"Title", "first", {"a", "b"}, false});
  BOOST_REQUIRE(node.own->change(made.id, text_patch("first and second")));
  node.restart();
  const auto back = *node.own->get(made.id);
  BOOST_TEST(back.text == "first and second");
  BOOST_TEST(back.tags.size() == 2u);
  const auto versions = *node.own->versions(made.id);
  BOOST_REQUIRE(versions.size() == 2u);
  BOOST_TEST(*node.own->text_at(made.id, versions[0].version) == "first");
  BOOST_TEST(node.own->list("second", "").size() == 1u);
  BOOST_TEST(node.own->list("", "b").size() == 1u);
  BOOST_TEST(node.own->list("", "c").empty());
}

BOOST_AUTO_TEST_CASE(a_change_against_an_old_version_is_merged) {
  small_node node("merge");
  const auto made = *node.own->create({"", "one two three", {}, false});
  BOOST_REQUIRE(node.own->change(made.id, text_patch("ONE two three", made.version)));
  const auto merged = node.own->change(made.id, text_patch("one two THREE", made.version));
  BOOST_REQUIRE(merged);
  BOOST_TEST(merged->text == "ONE two THREE");
  BOOST_TEST(node.own->restore(made.id, made.version)->text == "one two three");
}

BOOST_AUTO_TEST_CASE(a_private_note_is_in_no_shared_log) {
  small_node node("private");
  BOOST_REQUIRE(node.own->create({"secret", "hidden", {}, false}));
  BOOST_TEST(node.disk->shared().versions().empty());
}

BOOST_AUTO_TEST_CASE(sharing_publishes_the_present_text_and_withdrawing_removes_it) {
  small_node a("a");
  small_node b("b");
  const auto made = *a.own->create({"Plan", "draft", {"x"}, false});
  BOOST_REQUIRE(a.own->change(made.id, text_patch("final")));
  BOOST_REQUIRE(a.own->change(made.id, share_patch(true)));
  a.send_to(b);
  BOOST_TEST(b.own->get(made.id)->text == "final");
  BOOST_TEST(b.own->versions(made.id)->size() == 1u);
  BOOST_TEST((b.own->change(made.id, share_patch(false)).error() == errc::not_owner));
  BOOST_REQUIRE(b.own->change(made.id, text_patch("final, said b")));
  b.send_to(a);
  const auto withdrawn = a.own->change(made.id, share_patch(false));
  BOOST_REQUIRE(withdrawn);
  BOOST_TEST(withdrawn->text == "final, said b");
  BOOST_TEST(!withdrawn->shared);
  a.send_to(b);
  BOOST_TEST((b.own->get(made.id).error() == errc::unknown_note));
  BOOST_REQUIRE(a.own->change(made.id, share_patch(true)));
  a.send_to(b);
  BOOST_TEST(b.own->get(made.id)->text == "final, said b");
}

BOOST_AUTO_TEST_CASE(edits_made_apart_end_in_one_text_everywhere) {
  small_node a("apart-a");
  small_node b("apart-b");
  const auto made = *a.own->create({"t", "start", {"keep", "drop"}, true});
  a.send_to(b);
  note_patch tags;
  tags.tags = std::vector<std::string>{"keep"};
  BOOST_REQUIRE(a.own->change(made.id, text_patch("start from a")));
  BOOST_REQUIRE(a.own->change(made.id, tags));
  tags.tags = std::vector<std::string>{"keep", "drop", "new"};
  BOOST_REQUIRE(b.own->change(made.id, text_patch("b says: start")));
  BOOST_REQUIRE(b.own->change(made.id, tags));
  a.send_to(b);
  b.send_to(a);
  BOOST_TEST(a.own->get(made.id)->text == "b says: start from a");
  BOOST_TEST(b.own->get(made.id)->text == "b says: start from a");
  BOOST_TEST((a.own->get(made.id)->tags == std::vector<std::string>{"keep", "new"}));
  BOOST_TEST(a.own->get(made.id)->version == b.own->get(made.id)->version);
  BOOST_TEST(a.own->get(made.id)->contributors.size() == 2u);
}

BOOST_AUTO_TEST_CASE(an_edit_made_while_another_deleted_brings_the_note_back) {
  small_node a("back-a");
  small_node b("back-b");
  const auto made = *a.own->create({"t", "text", {}, true});
  a.send_to(b);
  BOOST_REQUIRE(a.own->remove(made.id));
  BOOST_TEST((a.own->get(made.id).error() == errc::unknown_note));
  BOOST_REQUIRE(b.own->change(made.id, text_patch("text, edited")));
  a.send_to(b);
  b.send_to(a);
  BOOST_TEST(a.own->get(made.id)->text == "text, edited");
  BOOST_TEST(a.own->get(made.id)->brought_back);
  BOOST_REQUIRE(b.own->remove(made.id));
  b.send_to(a);
  BOOST_TEST((a.own->get(made.id).error() == errc::unknown_note));
  BOOST_TEST(a.own->count() == 0u);
}

BOOST_AUTO_TEST_CASE(what_is_out_of_limits_is_refused) {
  small_node node("limits");
  BOOST_TEST(
      (node.own->create({"", std::string(1001, 'x'), {}, false}).error() == errc::too_large));
  BOOST_TEST((node.own->create({"", "\xff", {}, false}).error() == errc::bad_field));
  BOOST_TEST((node.own->create({std::string(501, 'x'), "", {}, false}).error() == errc::bad_field));
  const auto made = *node.own->create({"", "abc", {}, false});
  note_patch patch;
  patch.edits = std::vector<text_edit>{{4, 0, "x"}};
  BOOST_TEST((node.own->change(made.id, patch).error() == errc::bad_position));
  BOOST_TEST((node.own->change(made.id, text_patch("x", "0123456789abcdef")).error() ==
              errc::unknown_version));
  BOOST_TEST((node.own->get("nothing").error() == errc::unknown_note));
}

BOOST_AUTO_TEST_SUITE_END()
