#include "node/journal/journal.hpp"

#include <algorithm>

#include "memory_node.hpp"

using namespace hearth::journal_test;
using hearth::journal::kind;
using hearth::journal::operation;
using hearth::journal::space;

namespace {

/// A view that only remembers what it was told.
struct memory_view {
  void follow(hearth::journal::journal& journal, kind what = kind::note) {
    journal.set_view(what, [this](const operation& each) {
      seen.push_back({each.where, each.id, each.clock, std::string(hearth::as_text(each.payload))});
    });
  }

  struct item {
    space where;
    hearth::journal::operation_id id;
    std::uint64_t clock;
    std::string text;
    auto operator<=>(const item&) const = default;
  };

  std::vector<item> sorted() const {
    auto out = seen;
    std::sort(out.begin(), out.end());
    return out;
  }

  bool has(std::string_view text) const {
    return std::any_of(seen.begin(), seen.end(),
                       [&](const item& each) { return each.text == text; });
  }

  std::vector<item> seen;
};

struct viewed_node : memory_node {
  explicit viewed_node(std::uint64_t seed) : memory_node(seed) { view.follow(*journal); }
  memory_view view;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(journal)

BOOST_AUTO_TEST_CASE(what_was_written_is_in_the_view_when_write_returns) {
  viewed_node node(1);
  const auto id = node.journal->write(space::shared, kind::note, payload("hello"));
  BOOST_REQUIRE(id);
  BOOST_REQUIRE(node.view.seen.size() == 1u);
  BOOST_TEST(node.view.seen[0].text == "hello");
  BOOST_TEST((node.view.seen[0].id == *id));
  BOOST_TEST((id->author == node.key.id()));
  BOOST_TEST((node.view.seen[0].where == space::shared));
  BOOST_TEST((hearth::hybrid_clock::wall_of(node.view.seen[0].clock) == node.time.now));
}

BOOST_AUTO_TEST_CASE(a_restart_shows_what_was_there_before) {
  viewed_node node(1);
  viewed_node other(2);
  for (int i = 0; i < 20; ++i) {
    const auto where = i % 3 == 0 ? space::local : space::shared;
    BOOST_REQUIRE(node.journal->write(where, kind::note, payload("own " + std::to_string(i))));
    BOOST_REQUIRE(
        other.journal->write(space::shared, kind::note, payload("other " + std::to_string(i))));
    if (i % 4 == 0) other.send_to(node);
    node.time.now += hearth::milliseconds(7);
  }
  other.send_to(node);
  BOOST_TEST(node.view.seen.size() == 40u);
  memory_view rebuilt;
  node.restart();
  rebuilt.follow(*node.journal);
  BOOST_REQUIRE(node.journal->rebuild());
  BOOST_TEST((rebuilt.sorted() == node.view.sorted()));
}

BOOST_AUTO_TEST_CASE(what_is_local_reaches_nobody_else) {
  viewed_node node(1);
  viewed_node other(2);
  BOOST_REQUIRE(node.journal->write(space::local, kind::note, payload("private words")));
  BOOST_REQUIRE(node.journal->write(space::shared, kind::note, payload("for all")));
  node.send_to(other);
  BOOST_TEST(other.view.has("for all"));
  BOOST_TEST(!other.view.has("private words"));
  BOOST_TEST(!node.shares("private words"));
}

// Somebody's clock is a day fast: his notes must not stand above all others for a day.
BOOST_AUTO_TEST_CASE(an_operation_from_the_far_future_waits_for_its_time) {
  viewed_node early(1);
  viewed_node late(2);
  late.time.now += std::chrono::hours(24);
  BOOST_REQUIRE(late.journal->write(space::shared, kind::note, payload("from tomorrow")));
  late.send_to(early);
  BOOST_TEST(early.view.seen.empty());
  early.time.now += std::chrono::hours(23);
  early.journal->tick();
  BOOST_TEST(early.view.seen.empty());
  early.time.now += std::chrono::minutes(51);
  early.journal->tick();
  BOOST_TEST(early.view.has("from tomorrow"));
  early.journal->tick();
  BOOST_TEST(early.view.seen.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_far_future_still_waits_after_a_restart) {
  viewed_node early(1);
  viewed_node late(2);
  late.time.now += std::chrono::hours(1);
  BOOST_REQUIRE(late.journal->write(space::shared, kind::note, payload("in an hour")));
  late.send_to(early);
  memory_view rebuilt;
  early.restart();
  rebuilt.follow(*early.journal);
  BOOST_REQUIRE(early.journal->rebuild());
  BOOST_TEST(rebuilt.seen.empty());
  early.time.now += std::chrono::hours(1);
  early.journal->tick();
  BOOST_TEST(rebuilt.has("in an hour"));
}

// Somebody corrects a clock that was a day fast: what he wrote before must not vanish for a day.
BOOST_AUTO_TEST_CASE(what_this_node_wrote_is_shown_also_after_its_clock_was_set_back) {
  viewed_node node(1);
  node.time.now += std::chrono::hours(24);
  BOOST_REQUIRE(node.journal->write(space::shared, kind::note, payload("shared")));
  BOOST_REQUIRE(node.journal->write(space::local, kind::note, payload("private")));
  node.time.now -= std::chrono::hours(24);
  memory_view rebuilt;
  node.restart();
  rebuilt.follow(*node.journal);
  BOOST_REQUIRE(node.journal->rebuild());
  BOOST_TEST(rebuilt.has("shared"));
  BOOST_TEST(rebuilt.has("private"));
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_a_little_fast_is_no_matter) {
  viewed_node early(1);
  viewed_node late(2);
  late.time.now += std::chrono::minutes(9);
  BOOST_REQUIRE(late.journal->write(space::shared, kind::note, payload("soon")));
  late.send_to(early);
  BOOST_TEST(early.view.has("soon"));
}

BOOST_AUTO_TEST_CASE(a_newer_releases_kind_is_left_in_the_log) {
  viewed_node newer(1);
  viewed_node older(2);
  BOOST_REQUIRE(newer.shared->append(999, payload("holograms")));
  BOOST_REQUIRE(newer.journal->write(space::shared, kind::note, payload("a note")));
  newer.send_to(older);
  BOOST_TEST(older.view.seen.size() == 1u);
  BOOST_TEST(older.view.has("a note"));
  BOOST_TEST(older.shared_entries() == 2u);
  // Later this node knows the kind, and finds all of it.
  memory_view later;
  older.restart();
  later.follow(*older.journal, static_cast<kind>(999));
  BOOST_REQUIRE(older.journal->rebuild());
  BOOST_TEST(later.has("holograms"));
}

// A page must not show what would be gone after a restart.
BOOST_AUTO_TEST_CASE(what_could_not_be_stored_is_not_shown) {
  viewed_node node(1);
  node.shared_disk->fail_commits_with(hearth::logs::errc::disk_full);
  const auto failed = node.journal->write(space::shared, kind::note, payload("lost"));
  BOOST_TEST((failed.error() == hearth::logs::errc::disk_full));
  BOOST_TEST(node.view.seen.empty());
  node.shared_disk->fail_commits_with({});
  BOOST_TEST(node.journal->write(space::shared, kind::note, payload("kept")).has_value());
  BOOST_TEST(node.view.has("kept"));
}

BOOST_AUTO_TEST_CASE(gossip_is_told_of_shared_writes_only) {
  viewed_node node(1);
  int told = 0;
  node.journal->on_shared_write([&told] { ++told; });
  BOOST_REQUIRE(node.journal->write(space::local, kind::note, payload("here")));
  BOOST_TEST(told == 0);
  BOOST_REQUIRE(node.journal->write(space::shared, kind::note, payload("there")));
  BOOST_TEST(told == 1);
}

BOOST_AUTO_TEST_SUITE_END()
