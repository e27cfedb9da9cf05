// What members with bad intentions, broken clocks or very busy hands must not be able to do.
#include <boost/test/unit_test.hpp>

#include "memory_node.hpp"
#include "small_node.hpp"
#include "store/base/uuid.hpp"

using namespace hearth::notes;
using namespace hearth::notes_test;
using hearth::journal::kind;
using hearth::journal::operation_id;
using hearth::journal::space;

namespace {

std::vector<std::string> many_tags(const std::string& prefix) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < max_tags; ++i)
    out.push_back(prefix + std::to_string(i));
  return out;
}

note_patch tags_patch(std::vector<std::string> tags) {
  note_patch patch;
  patch.tags = std::move(tags);
  return patch;
}

/// Writes whatever it is given, as a changed program would.
operation_id force(small_node& node, space where, const note_operation& operation) {
  auto written = node.operations->write(where, kind::note, encode_operation(operation));
  BOOST_REQUIRE(written);
  return *written;
}

bool shares(small_node& node, std::string_view text) {
  bool found = false;
  BOOST_REQUIRE(node.disk->shared().for_each([&](const hearth::logs::entry& entry) {
    found |= hearth::as_text(entry.payload).find(text) != std::string_view::npos;
  }));
  return found;
}

operation_id numbered(std::uint8_t author, std::uint64_t sequence) {
  operation_id id;
  id.author.key[0] = author;
  id.sequence = sequence;
  return id;
}

/// Applies an operation of an author whose key is all zeros but for its first byte.
void apply(note_view& view, const operation_id& id, const note_operation& operation) {
  const auto payload = encode_operation(operation);
  view.apply({space::shared, id, id.sequence, kind::note, payload});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile_notes)

BOOST_AUTO_TEST_CASE(a_note_with_more_tags_than_one_operation_holds_is_kept_when_withdrawn) {
  small_node a("tags-a");
  small_node b("tags-b");
  const auto made = *a.own->create({"t", "text", {}, true});
  a.send_to(b);
  BOOST_REQUIRE(a.own->change(made.id, tags_patch(many_tags("a"))));
  BOOST_REQUIRE(b.own->change(made.id, tags_patch(many_tags("b"))));
  b.send_to(a);
  BOOST_TEST(a.own->get(made.id)->tags.size() == 2 * max_tags);
  BOOST_REQUIRE(a.own->change(made.id, share_patch(false)));
  a.restart();
  BOOST_TEST(a.own->get(made.id)->text == "text");
  BOOST_TEST(a.own->get(made.id)->tags.size() == 2 * max_tags);
  BOOST_REQUIRE(a.own->change(made.id, share_patch(true)));
  a.send_to(b);
  BOOST_TEST(b.own->get(made.id)->tags.size() == 2 * max_tags);
}

BOOST_AUTO_TEST_CASE(a_change_that_views_would_refuse_is_not_written) {
  small_node node("refused");
  const auto made = *node.own->create({"", "abc", {}, false});
  note_patch patch;
  patch.edits = std::vector<text_edit>(max_edits + 1, {0, 0, ""});
  BOOST_TEST((node.own->change(made.id, patch).error() == errc::bad_field));
  patch.edits->pop_back();
  BOOST_TEST(node.own->change(made.id, patch).has_value());
  BOOST_TEST(node.own->versions(made.id)->size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_patch_that_makes_private_does_not_publish_what_it_says) {
  small_node node("quiet");
  const auto made = *node.own->create({"t", "public words", {}, true});
  BOOST_REQUIRE(node.own->change(made.id, text_patch("public words, more")));
  auto patch = text_patch("private words", made.version);
  patch.title = "private title";
  patch.tags = std::vector<std::string>{"private tag"};
  patch.shared = false;
  const auto facts = node.own->change(made.id, patch);
  BOOST_REQUIRE(facts);
  BOOST_TEST(!facts->shared);
  BOOST_TEST(facts->text == "private words, more");
  BOOST_TEST(facts->title == "private title");
  BOOST_TEST((facts->tags == std::vector<std::string>{"private tag"}));
  BOOST_TEST(shares(node, "public words"));
  BOOST_TEST(!shares(node, "private"));
}

BOOST_AUTO_TEST_CASE(making_private_counts_whatever_comes_first) {
  const auto create = numbered(1, 1);
  note_operation creating;
  creating.note_id = hearth::make_owned_uuid(hearth::system_random(), create.author.key);
  creating.generation = 1;
  creating.creates = true;
  note_operation removing;
  removing.note_id = creating.note_id;
  removing.generation = 1;
  removing.removes = removal::made_private;
  note_view early;
  apply(early, numbered(1, 2), removing);
  apply(early, create, creating);
  BOOST_TEST(early.find(creating.note_id).has_error());
  note_view other;
  apply(other, numbered(2, 2), removing);
  apply(other, create, creating);
  BOOST_TEST(other.find(creating.note_id).has_value());
}

BOOST_AUTO_TEST_CASE(nobody_else_can_begin_or_hide_a_generation) {
  small_node a("gen-a");
  small_node b("gen-b");
  const auto made = *a.own->create({"t", "text", {}, true});
  a.send_to(b);
  note_operation taking;
  taking.note_id = made.id;
  taking.generation = 2;
  taking.creates = true;
  taking.title = "stolen";
  force(b, space::shared, taking);
  note_operation stub;
  stub.note_id = made.id;
  stub.generation = 7;
  stub.parents = {numbered(9, 9)};
  force(b, space::shared, stub);
  b.send_to(a);
  BOOST_TEST(a.own->get(made.id)->title == "t");
  BOOST_TEST(b.own->get(made.id)->title == "t");
  BOOST_REQUIRE(a.own->change(made.id, share_patch(false)));
  BOOST_REQUIRE(a.own->change(made.id, share_patch(true)));
  BOOST_TEST(a.own->get(made.id)->shared);
  a.send_to(b);
  BOOST_TEST(b.own->get(made.id)->title == "t");
}

BOOST_AUTO_TEST_CASE(a_note_with_another_owners_id_is_not_shared) {
  small_node node("foreign");
  note_operation creating;
  creating.note_id = "00000000-0000-4000-8000-000000000000";
  creating.creates = true;
  force(node, space::local, creating);
  BOOST_TEST((node.own->change(creating.note_id, share_patch(true)).error() == errc::not_owner));
}

BOOST_AUTO_TEST_CASE(more_versions_side_by_side_than_one_change_can_name_are_gathered_first) {
  small_node node("wide");
  const auto made = *node.own->create({"t", "text", {}, true});
  note_operation creating;
  creating.note_id = made.id;
  creating.generation = 1;
  creating.creates = true;
  for (std::size_t i = 0; i < max_parents + 5; ++i)
    force(node, space::shared, creating);
  BOOST_REQUIRE(node.own->change(made.id, text_patch("changed")));
  node.restart();
  BOOST_TEST(node.own->get(made.id)->text == "changed");
  BOOST_REQUIRE(node.own->remove(made.id));
  BOOST_TEST(node.own->count() == 0u);
}

BOOST_AUTO_TEST_CASE(operations_out_of_limits_are_not_acceptable) {
  note_operation good;
  good.note_id = hearth::make_uuid(hearth::system_random());
  good.creates = true;
  BOOST_TEST(check_operation(good).has_value());
  auto far = good;
  far.generation = max_generation + 1;
  BOOST_TEST((check_operation(far).error() == errc::bad_field));
  auto busy = good;
  busy.edits.resize(max_edits + 1);
  BOOST_TEST((check_operation(busy).error() == errc::bad_field));
  auto large = good;
  large.edits = {{0, 0, std::string(max_inserted_bytes, 'x')}, {0, 0, "x"}};
  BOOST_TEST((check_operation(large).error() == errc::too_large));
  auto rootless = good;
  rootless.creates = false;
  BOOST_TEST((check_operation(rootless).error() == errc::bad_field));
  auto wide = rootless;
  wide.parents.resize(max_parents + 1);
  BOOST_TEST((check_operation(wide).error() == errc::bad_field));
}

BOOST_AUTO_TEST_CASE(a_long_history_that_arrives_backwards_is_merged_once) {
  constexpr std::uint64_t count = 20'000;
  auto graph = make_text_graph();
  for (auto i = count; i > 0; --i) {
    text_change change{{i, numbered(1, i)}, {}, {{0, 0, "x"}}};
    if (i > 1) change.parents = {numbered(1, i - 1)};
    graph->add(std::move(change));
  }
  BOOST_TEST(graph->text() == std::string(count, 'x'));
}

BOOST_AUTO_TEST_CASE(a_fork_too_large_to_walk_gives_one_text_in_every_order) {
  const text_change base{{1, numbered(1, 1)}, {}, {{0, 0, std::string(1'000'000, 'b')}}};
  text_change left{{2, numbered(1, 2)}, {base.when.id}, {}};
  for (std::uint64_t i = 0; i < max_edits; ++i)
    left.edits.push_back({1'000'000 - i * 1000, 1, "l"});
  const text_change right{{3, numbered(2, 3)}, {base.when.id}, {{500'000, 0, "right"}}};
  auto one = make_text_graph();
  auto other = make_text_graph();
  for (const auto& change : {base, left, right})
    one->add(change);
  for (const auto& change : {base, right, left}) {
    other->add(change);
    other->text();
  }
  BOOST_TEST((one->text() == other->text()));
  BOOST_TEST(one->text().find("right") != std::string::npos);
  const text_change last{{4, numbered(1, 4)}, one->heads(), {{0, 1'000'000, ""}}};
  one->add(last);
  other->add(last);
  BOOST_TEST((one->text() == other->text()));
}

BOOST_AUTO_TEST_CASE(own_operations_hold_at_once_after_the_clock_was_set_back) {
  hearth::journal_test::memory_node node(1);
  hearth::journal_test::memory_node other(2);
  for (auto where : {space::shared, space::local})
    BOOST_REQUIRE(node.journal->write(where, kind::note, {}));
  for (auto* each : {&node, &other})
    each->time.now -= std::chrono::hours(24);
  node.restart();
  std::size_t own = 0;
  node.journal->set_view(kind::note, [&own](const hearth::journal::operation&) { ++own; });
  BOOST_REQUIRE(node.journal->rebuild());
  BOOST_TEST(own == 2u);
  std::size_t foreign = 0;
  other.journal->set_view(kind::note, [&](const hearth::journal::operation&) { ++foreign; });
  node.send_to(other);
  BOOST_TEST(foreign == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
