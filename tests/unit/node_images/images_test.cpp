#include "node/images/images.hpp"

#include "memory_node.hpp"

using namespace hearth::images;
using hearth::journal_test::memory_node;

namespace {

constexpr auto one_stream = "11111111-1111-4111-8111-111111111111";
constexpr auto other_stream = "22222222-2222-4222-8222-222222222222";

hearth::bytes32 blob(std::uint8_t mark) {
  hearth::bytes32 out{};
  out[0] = mark;
  return out;
}

image_form form_of(const std::string& stream_id = one_stream, std::uint8_t mark = 1) {
  image_form out;
  out.stream_id = stream_id;
  out.file_name = "secret-name.jpg";
  out.format = "jpeg";
  out.content = blob(mark);
  out.thumbnail = blob(static_cast<std::uint8_t>(mark + 100));
  out.uploaded_ms = mark;
  return out;
}

struct image_node : memory_node {
  explicit image_node(std::uint64_t seed, std::size_t most = 10) : memory_node(seed), limit(most) {
    open();
  }
  void open() {
    own.reset();
    restart();
    own = std::make_unique<hearth::images::images>(
        *journal, random, limit,
        [this](const hearth::journal::change& what) { changes.push_back(what); });
    BOOST_REQUIRE(journal->rebuild());
    own->announce();
  }
  image_facts add(visibility seen_by, std::uint8_t mark = 1) {
    return own->add(form_of(one_stream, mark), seen_by).value();
  }
  void forge(const image_operation& operation) {
    BOOST_REQUIRE(journal->write(hearth::journal::space::shared, hearth::journal::kind::image,
                                 encode_operation(operation)));
  }

  std::size_t limit;
  std::vector<hearth::journal::change> changes;
  std::unique_ptr<hearth::images::images> own;
};

}  // namespace

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

BOOST_AUTO_TEST_CASE(another_node_cannot_change_or_delete_an_image) {
  image_node owner(1);
  image_node other(2);
  const auto made = owner.add(visibility::everyone);
  owner.send_to(other);
  BOOST_TEST(!other.own->get(made.id, audience::member)->own);
  BOOST_TEST((other.own->set_visibility(made.id, visibility::owner_only).error() == errc::not_own));
  BOOST_TEST((other.own->remove(made.id).error() == errc::not_own));
  image_operation lie;
  lie.image_id = made.id;
  lie.generation = 1;
  lie.deleted = true;
  other.forge(lie);
  lie.deleted = false;
  lie.withdrawn = true;
  other.forge(lie);
  lie.withdrawn = false;
  lie.visible_to = 3;
  other.forge(lie);
  other.send_to(owner);
  for (auto* node : {&owner, &other}) {
    BOOST_TEST(node->own->get(made.id, audience::viewer).has_value());
    BOOST_TEST((node->own->get(made.id, audience::viewer)->owner == owner.key.id()));
  }
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

// A peer that says something with generation 0 would else speak in the owner's private space.
BOOST_AUTO_TEST_CASE(a_private_record_from_the_shared_space_is_ignored) {
  image_node node(1);
  image_node other(2);
  image_operation lie;
  lie.image_id = "33333333-3333-4333-8333-333333333333";
  lie.form = form_of();
  other.forge(lie);
  other.send_to(node);
  BOOST_TEST((node.own->get(lie.image_id, audience::owner).error() == errc::unknown_image));
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
