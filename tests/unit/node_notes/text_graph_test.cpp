#include "node/notes/text_graph.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>

#include "node/notes/code_points.hpp"

using namespace hearth::notes;
using hearth::journal::operation_id;

namespace {

operation_id make_id(std::uint8_t author, std::uint64_t sequence) {
  operation_id id;
  id.author.key[0] = author;
  id.incarnation = 1;
  id.sequence = sequence;
  return id;
}

text_change make_change(std::uint8_t author, std::uint64_t clock, std::vector<operation_id> parents,
                        std::vector<text_edit> edits) {
  return {{clock, make_id(author, clock)}, std::move(parents), std::move(edits)};
}

std::string merged(std::vector<text_change> changes) {
  auto graph = make_text_graph();
  for (auto& change : changes)
    graph->add(std::move(change));
  return graph->text();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text_graph)

BOOST_AUTO_TEST_CASE(edits_in_sequence_apply_one_after_the_other) {
  const auto first = make_change(1, 1, {}, {{0, 0, "hello"}});
  const auto second = make_change(1, 2, {first.when.id}, {{5, 0, " world"}, {0, 1, "H"}});
  BOOST_TEST(merged({first, second}) == "Hello world");
}

BOOST_AUTO_TEST_CASE(concurrent_edits_are_both_kept) {
  const auto base = make_change(1, 1, {}, {{0, 0, "one two three"}});
  const auto left = make_change(1, 2, {base.when.id}, {{0, 3, "ONE"}});
  const auto right = make_change(2, 3, {base.when.id}, {{13, 0, " four"}});
  BOOST_TEST(merged({base, left, right}) == "ONE two three four");
  BOOST_TEST(merged({base, right, left}) == "ONE two three four");
}

BOOST_AUTO_TEST_CASE(concurrent_inserts_at_one_place_keep_each_run_whole) {
  const auto base = make_change(1, 1, {}, {{0, 0, "[]"}});
  const auto a1 = make_change(1, 2, {base.when.id}, {{1, 0, "aa"}});
  const auto b1 = make_change(2, 3, {base.when.id}, {{1, 0, "bb"}});
  const auto a2 = make_change(1, 4, {a1.when.id}, {{3, 0, "AA"}});
  const auto b2 = make_change(2, 5, {b1.when.id}, {{3, 0, "BB"}});
  const auto text = merged({base, a1, b1, a2, b2});
  BOOST_TEST(text.find("aaAA") != std::string::npos);
  BOOST_TEST(text.find("bbBB") != std::string::npos);
  BOOST_TEST(text.size() == 10u);
}

BOOST_AUTO_TEST_CASE(a_change_waits_for_its_parents) {
  const auto base = make_change(1, 1, {}, {{0, 0, "ab"}});
  const auto next = make_change(2, 2, {base.when.id}, {{2, 0, "c"}});
  BOOST_TEST(merged({next, base}) == "abc");
}

BOOST_AUTO_TEST_CASE(positions_count_code_points) {
  const auto base = make_change(1, 1, {}, {{0, 0, "é🔥z"}});
  const auto next = make_change(1, 2, {base.when.id}, {{2, 1, "ж"}});
  BOOST_TEST(merged({base, next}) == "é🔥ж");
}

BOOST_AUTO_TEST_CASE(a_lying_position_counts_as_the_end) {
  const auto base = make_change(1, 1, {}, {{0, 0, "ab"}});
  const auto liar = make_change(2, 2, {base.when.id}, {{900, 7, "c"}});
  BOOST_TEST(merged({base, liar}) == "abc");
}

BOOST_AUTO_TEST_CASE(any_version_can_be_read_again) {
  auto graph = make_text_graph();
  const auto base = make_change(1, 1, {}, {{0, 0, "one"}});
  const auto left = make_change(1, 2, {base.when.id}, {{3, 0, " two"}});
  const auto right = make_change(2, 3, {base.when.id}, {{0, 0, "zero "}});
  for (const auto& change : {base, left, right})
    graph->add(change);
  BOOST_TEST(*graph->text_at({base.when.id}) == "one");
  BOOST_TEST(*graph->text_at({left.when.id}) == "one two");
  BOOST_TEST(*graph->text_at({right.when.id}) == "zero one");
  BOOST_TEST(*graph->text_at(graph->heads()) == "zero one two");
  BOOST_TEST((graph->text_at({make_id(9, 9)}).error() == errc::unknown_version));
}

// Three people type at random against what each has seen. Every order of arrival gives one text,
// and every inserted character that nobody deleted is there.
BOOST_AUTO_TEST_CASE(random_histories_give_one_text_in_every_order) {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      std::mt19937 random(seed);
      std::vector<std::unique_ptr<text_history>> people;
      for (int i = 0; i < 3; ++i)
        people.push_back(make_text_graph());
      std::vector<text_change> all{make_change(1, 1, {}, {{0, 0, "start of the text"}})};
      for (auto& person : people)
        person->add(all.front());
      for (std::uint64_t clock = 2; clock < 60; ++clock) {
        const auto who = random() % 3;
        if (random() % 4 == 0) {
          for (const auto& change : all)
            people[who]->add(change);
        }
        const auto length = to_code_points(people[who]->text()).size();
        const auto pos = random() % (length + 1);
        const auto del = std::min<std::uint64_t>(random() % 3, length - pos);
        auto change = make_change(static_cast<std::uint8_t>(who + 1), clock, people[who]->heads(),
                                  {{pos, del, "<" + std::to_string(clock) + ">"}});
        people[who]->add(change);
        all.push_back(std::move(change));
      }
      const auto expected = merged(all);
      for (int round = 0; round < 5; ++round) {
        std::shuffle(all.begin(), all.end(), random);
        BOOST_TEST(merged(all) == expected);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(difference_is_one_replaced_stretch) {
  const auto edit = difference("the old text", "the new text");
  BOOST_TEST(edit.pos == 4u);
  BOOST_TEST(edit.del == 3u);
  BOOST_TEST(edit.ins == "new");
  BOOST_TEST(*apply_edits("the old text", {edit}) == "the new text");
  BOOST_TEST((apply_edits("ab", {{3, 0, "x"}}).error() == errc::bad_position));
  BOOST_TEST((apply_edits("ab", {{1, 2, "x"}}).error() == errc::bad_position));
}

BOOST_AUTO_TEST_SUITE_END()
