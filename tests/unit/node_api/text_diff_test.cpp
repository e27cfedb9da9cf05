#include "node/api/text_diff.hpp"

#include <boost/test/unit_test.hpp>
#include <random>

using namespace hearth::api;

namespace {

/// The text that the pieces of one side make up.
std::string side(const std::vector<diff_piece>& pieces, diff_op without) {
  std::string out;
  for (const auto& piece : pieces) {
    if (piece.what != without) out += piece.text;
  }
  return out;
}

std::size_t lines_changed(const std::vector<diff_piece>& pieces) {
  std::size_t out = 0;
  for (const auto& piece : pieces) {
    if (piece.what == diff_op::equal) continue;
    out += static_cast<std::size_t>(std::count(piece.text.begin(), piece.text.end(), '\n'));
    if (!piece.text.ends_with('\n')) ++out;
  }
  return out;
}

void check_rebuilds(const std::string& before, const std::string& after) {
  const auto pieces = line_diff(before, after);
  BOOST_TEST(side(pieces, diff_op::insert) == before);
  BOOST_TEST(side(pieces, diff_op::remove) == after);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    BOOST_TEST(!pieces[i].text.empty());
    if (i > 0) BOOST_TEST((pieces[i].what != pieces[i - 1].what));
  }
}

std::string random_text(std::mt19937& random, std::size_t most_lines) {
  std::string out;
  const auto count = random() % (most_lines + 1);
  for (std::size_t i = 0; i < count; ++i)
    out += std::string(1 + random() % 2, static_cast<char>('a' + random() % 4)) + "\n";
  if (random() % 3 == 0) out += "no end";
  return out;
}

std::string numbered(int from, int to, const std::string& mark = "") {
  std::string out;
  for (int i = from; i < to; ++i)
    out += mark + std::to_string(i) + "\n";
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text_diff)

// What the history page shows must be the two versions, nothing lost and nothing made up.
BOOST_AUTO_TEST_CASE(the_pieces_make_up_both_texts) {
  for (std::uint32_t seed = 1; seed <= 500; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      std::mt19937 random(seed);
      check_rebuilds(random_text(random, 12), random_text(random, 12));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_difference_is_no_longer_than_it_must_be) {
  BOOST_TEST(lines_changed(line_diff("a\nb\nc\n", "a\nx\nc\n")) == 2u);
  BOOST_TEST(lines_changed(line_diff("a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n")) == 5u);
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      std::mt19937 random(seed);
      std::string before = numbered(0, 60);
      std::string after;
      std::size_t edits = 0;
      for (int i = 0; i < 60; ++i) {
        const auto what = random() % 12;
        if (what == 0) after += "new " + std::to_string(i) + "\n";
        if (what != 1) after += std::to_string(i) + "\n";
        if (what <= 1) ++edits;
      }
      BOOST_TEST(lines_changed(line_diff(before, after)) == edits);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_ends_of_texts_are_kept_as_they_are) {
  BOOST_TEST(line_diff("", "").empty());
  BOOST_TEST(line_diff("same\n", "same\n").size() == 1u);
  check_rebuilds("", "only after");
  check_rebuilds("only before\n", "");
  check_rebuilds("no end", "no end\n");
  check_rebuilds("\n\n\n", "\n");
  check_rebuilds("a\r\nb\r\n", "a\nb\n");
}

BOOST_AUTO_TEST_CASE(texts_with_too_many_differences_are_shown_as_one_replaced_stretch) {
  const auto before = "head\n" + numbered(0, 3000, "old ") + "tail\n";
  const auto after = "head\n" + numbered(0, 3000, "new ") + "tail\n";
  const auto pieces = line_diff(before, after);
  check_rebuilds(before, after);
  BOOST_TEST(pieces.size() == 4u);
  BOOST_TEST(pieces.front().text == "head\n");
  BOOST_TEST(pieces.back().text == "tail\n");
}

BOOST_AUTO_TEST_CASE(a_large_text_with_a_few_changes_is_quick) {
  auto after = numbered(0, 50'000);
  after.insert(after.find("25000\n"), "inserted\n");
  after.insert(0, "first\n");
  BOOST_TEST(lines_changed(line_diff(numbered(0, 50'000), after)) == 2u);
}

BOOST_AUTO_TEST_CASE(operations_have_their_names) {
  BOOST_TEST(name_of(diff_op::equal) == "equal");
  BOOST_TEST(name_of(diff_op::insert) == "insert");
  BOOST_TEST(name_of(diff_op::remove) == "delete");
}

BOOST_AUTO_TEST_SUITE_END()
