#include "node/images/images.hpp"

#include <algorithm>

#include "image_node.hpp"

using namespace hearth::images_test;

BOOST_AUTO_TEST_SUITE(images_service)

BOOST_AUTO_TEST_CASE(a_private_image_is_in_no_shared_log) {
  image_node node(1);
  image_node other(2);
  const auto made = node.add(visibility::owner_only);
  BOOST_TEST(node.shared->versions().empty());
  BOOST_TEST(!node.shares(made.id));
  node.send_to(other);
  BOOST_TEST((other.own->get(made.id, audience::owner).error() == errc::unknown_image));
  node.open();
  const auto back = node.own->get(made.id, audience::owner);
  BOOST_REQUIRE(back);
  BOOST_TEST((back->seen_by == visibility::owner_only));
  BOOST_TEST(back->own);
}

BOOST_AUTO_TEST_CASE(every_way_out_asks_who_may_see) {
  image_node node(1);
  const visibility all[] = {visibility::everyone, visibility::subscribers, visibility::owner_only};
  std::uint8_t mark = 1;
  for (auto seen_by : all) {
    const auto made = node.add(seen_by, mark);
    for (auto who : {audience::viewer, audience::member, audience::owner, audience::peer}) {
      const bool may = may_see(seen_by, who);
      BOOST_TEST_CONTEXT(visibility_name(seen_by) << " for audience " << static_cast<int>(who)) {
        BOOST_TEST(node.own->get(made.id, who).has_value() == may);
        BOOST_TEST(node.own->needs(blob(mark), who) == may);
        BOOST_TEST(node.own->needs(blob(static_cast<std::uint8_t>(mark + 100)), who) == may);
        const auto list = node.own->list(one_stream, who);
        const bool listed = std::any_of(list.begin(), list.end(), [&made](const image_facts& each) {
          return each.id == made.id;
        });
        BOOST_TEST(listed == may);
      }
    }
    ++mark;
  }
  BOOST_TEST(!node.own->needs(blob(77), audience::owner));
}

// A picture goes out, is taken back, and goes out again: each time everybody sees just that.
BOOST_AUTO_TEST_CASE(an_image_can_be_taken_back_and_given_out_again) {
  image_node node(1);
  image_node other(2);
  const auto made = node.add(visibility::owner_only);
  for (int round = 0; round < 3; ++round) {
    BOOST_REQUIRE(node.own->set_visibility(made.id, visibility::everyone));
    node.send_to(other);
    BOOST_TEST(other.own->get(made.id, audience::viewer).has_value());
    BOOST_TEST(node.own->needs(blob(1), audience::peer));
    const auto back = node.own->set_visibility(made.id, visibility::owner_only);
    BOOST_REQUIRE(back);
    BOOST_TEST((back->seen_by == visibility::owner_only));
    BOOST_TEST(back->form.file_name == "secret-name.jpg");
    node.send_to(other);
    BOOST_TEST((other.own->get(made.id, audience::owner).error() == errc::unknown_image));
    BOOST_TEST(other.own->count() == 0u);
    BOOST_TEST(!node.own->needs(blob(1), audience::peer));
    BOOST_TEST(node.own->get(made.id, audience::owner).has_value());
  }
  node.open();
  BOOST_TEST((node.own->get(made.id, audience::owner)->seen_by == visibility::owner_only));
  BOOST_TEST((node.own->get(made.id, audience::peer).error() == errc::unknown_image));
}

BOOST_AUTO_TEST_CASE(visibility_changes_without_leaving_the_shared_space) {
  image_node node(1);
  image_node other(2);
  const auto made = node.add(visibility::everyone);
  BOOST_REQUIRE(node.own->set_visibility(made.id, visibility::subscribers));
  node.send_to(other);
  BOOST_TEST((other.own->get(made.id, audience::viewer).error() == errc::unknown_image));
  BOOST_TEST(other.own->get(made.id, audience::member).has_value());
  const auto written = node.shared_entries();
  BOOST_REQUIRE(node.own->set_visibility(made.id, visibility::subscribers));
  BOOST_TEST(node.shared_entries() == written);  // nothing changed, nothing is said
}

BOOST_AUTO_TEST_CASE(a_stream_has_its_maximum_of_images) {
  image_node node(1, 2);
  const auto first = node.add(visibility::everyone, 1);
  node.add(visibility::owner_only, 2);
  BOOST_TEST((node.own->check_room(one_stream).error() == errc::too_many));
  BOOST_TEST((node.own->add(form_of(), visibility::everyone).error() == errc::too_many));
  BOOST_TEST(node.own->add(form_of(other_stream, 3), visibility::everyone).has_value());
  BOOST_REQUIRE(node.own->remove(first.id));
  BOOST_TEST(node.own->check_room(one_stream).has_value());
}

BOOST_AUTO_TEST_CASE(lists_are_newest_first_and_of_one_stream) {
  image_node node(1);
  const auto old = node.add(visibility::everyone, 1);
  const auto fresh = node.add(visibility::everyone, 2);
  BOOST_REQUIRE(node.own->add(form_of(other_stream, 3), visibility::everyone));
  const auto list = node.own->list(one_stream, audience::viewer);
  BOOST_REQUIRE(list.size() == 2u);
  BOOST_TEST(list[0].id == fresh.id);
  BOOST_TEST(list[1].id == old.id);
  BOOST_TEST(node.own->list("", audience::viewer).size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_deleted_image_is_gone_everywhere_and_for_ever) {
  image_node node(1);
  image_node other(2);
  const auto open_one = node.add(visibility::everyone, 1);
  const auto private_one = node.add(visibility::owner_only, 2);
  const auto taken_back = node.add(visibility::everyone, 3);
  BOOST_REQUIRE(node.own->set_visibility(taken_back.id, visibility::owner_only));
  node.send_to(other);
  for (const auto& each : {open_one, private_one, taken_back}) {
    BOOST_TEST((node.own->remove(each.id)->form.content == each.form.content));
    BOOST_TEST(node.changes.back().action == "deleted");
    BOOST_TEST((node.own->remove(each.id).error() == errc::unknown_image));
    BOOST_TEST(
        (node.own->set_visibility(each.id, visibility::everyone).error() == errc::unknown_image));
  }
  BOOST_TEST(!node.shares(private_one.id));
  node.send_to(other);
  node.open();
  for (const auto& each : {open_one, private_one, taken_back}) {
    BOOST_TEST(!node.own->get(each.id, audience::owner).has_value());
    BOOST_TEST(!other.own->get(each.id, audience::owner).has_value());
  }
  BOOST_TEST(node.own->count() == 0u);
  BOOST_TEST(!node.own->needs(blob(1), audience::owner));
}

BOOST_AUTO_TEST_CASE(the_images_of_a_deleted_stream_go_with_it) {
  image_node node(1);
  image_node other(2);
  node.add(visibility::everyone, 1);
  node.add(visibility::owner_only, 2);
  const auto theirs = other.own->add(form_of(one_stream, 3), visibility::everyone).value();
  const auto kept = node.own->add(form_of(other_stream, 4), visibility::everyone).value();
  other.send_to(node);
  BOOST_REQUIRE(node.own->remove_all_of(one_stream));
  const auto left = node.own->list("", audience::owner);
  BOOST_TEST(left.size() == 2u);
  BOOST_TEST(node.own->get(kept.id, audience::owner).has_value());
  BOOST_TEST(node.own->get(theirs.id, audience::owner).has_value());  // only its node may delete it
}

// Bytes that nothing needs must leave the disk, also of pictures that another node took back.
BOOST_AUTO_TEST_CASE(blobs_that_are_no_longer_needed_are_named) {
  image_node node(1);
  image_node other(2);
  std::vector<hearth::bytes32> here;
  std::vector<hearth::bytes32> there;
  node.own->on_unneeded([&here](const hearth::bytes32& each) { here.push_back(each); });
  other.own->on_unneeded([&there](const hearth::bytes32& each) { there.push_back(each); });
  const auto made = node.add(visibility::everyone, 7);
  node.send_to(other);
  BOOST_TEST(there.empty());
  BOOST_REQUIRE(node.own->set_visibility(made.id, visibility::owner_only));
  node.send_to(other);
  BOOST_TEST((std::find(there.begin(), there.end(), blob(7)) != there.end()));
  BOOST_TEST((std::find(there.begin(), there.end(), blob(107)) != there.end()));
  BOOST_TEST(here.empty());
  BOOST_REQUIRE(node.own->remove(made.id));
  BOOST_TEST((std::find(here.begin(), here.end(), blob(7)) != here.end()));
}

BOOST_AUTO_TEST_CASE(a_form_out_of_its_limits_is_refused_and_not_kept) {
  image_node node(1);
  auto form = form_of();
  form.file_name = std::string(300, 'x');
  BOOST_TEST((node.own->add(form, visibility::owner_only).error() == errc::bad_field));
  BOOST_TEST(
      (node.own->add(form_of("no stream"), visibility::everyone).error() == errc::bad_field));
  BOOST_TEST(node.local->versions().empty());
  BOOST_TEST(node.shared->versions().empty());
}

BOOST_AUTO_TEST_SUITE_END()
