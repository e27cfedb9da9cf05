// Exchange of runs: what a user would lose is another node's changes, or trust in who wrote them.
#include <boost/test/unit_test.hpp>

#include "log_fixture.hpp"

namespace hearth::logs {
namespace {

constexpr std::size_t plenty = 1024 * 1024;

shared_run own_run(memory_node& node, std::uint64_t from = 1, std::size_t max_bytes = plenty) {
  return *node.store->read_run(node.store->own_log(), {from}, max_bytes);
}

/// A node with the same key whose second history starts after the first `common` entries.
struct fork_pair {
  memory_node first{9};
  memory_node other{10};

  explicit fork_pair(int common) {
    for (int i = 0; i < common; ++i)
      first.append("common " + std::to_string(i));
    other.key = first.key;
    auto copy = std::make_unique<memory_backend>(*first.disk);
    other.restart(std::move(copy));
  }
};

BOOST_AUTO_TEST_SUITE(exchange)

BOOST_AUTO_TEST_CASE(a_run_arrives_whole_and_once) {
  memory_node author(1);
  memory_node reader(2);
  for (const auto* text : {"a", "b", "c"})
    author.append(text);
  const auto first = reader.store->ingest(own_run(author));
  BOOST_REQUIRE(first);
  BOOST_TEST(first->stored.size() == 3u);
  const auto again = reader.store->ingest(own_run(author));
  BOOST_REQUIRE(again);
  BOOST_TEST(again->stored.empty());
  BOOST_TEST(again->known == 3u);
  author.append("d");
  const auto overlap = reader.store->ingest(own_run(author, 2));
  BOOST_REQUIRE(overlap);
  BOOST_TEST(overlap->stored.size() == 1u);
  BOOST_TEST(text_of(overlap->stored[0]) == "d");
  BOOST_TEST((reader.store->content_digest() == author.store->content_digest()));
}

BOOST_AUTO_TEST_CASE(an_old_piece_inside_what_is_known_is_skipped) {
  memory_node author(1);
  memory_node reader(2);
  for (int i = 0; i < 5; ++i)
    author.append("entry");
  BOOST_TEST(reader.store->ingest(own_run(author)).has_value());
  auto early = own_run(author, 1, 3 * (header_bytes + 5));
  BOOST_TEST(early.entries.size() == 3u);
  const auto outcome = reader.store->ingest(std::move(early));
  BOOST_REQUIRE(outcome);
  BOOST_TEST(outcome->known == 3u);
}

BOOST_AUTO_TEST_CASE(a_relay_serves_only_up_to_signatures_it_has) {
  memory_node author(1);
  memory_node relay(2);
  memory_node reader(3);
  for (int i = 0; i < 6; ++i)
    author.append("entry");
  BOOST_TEST(relay.store->ingest(own_run(author, 1, 4 * (header_bytes + 5))).has_value());
  BOOST_TEST(relay.store->ingest(own_run(author, 5)).has_value());
  // Two entries would fit, but the author's first signature here is on the fourth.
  auto piece = *relay.store->read_run(author.store->own_log(), {1}, 2 * (header_bytes + 5));
  BOOST_TEST(piece.entries.size() == 4u);
  BOOST_TEST(reader.store->ingest(std::move(piece)).has_value());
  auto rest = *relay.store->read_run(author.store->own_log(), {5}, plenty);
  BOOST_TEST(reader.store->ingest(std::move(rest)).has_value());
  BOOST_TEST((reader.store->content_digest() == author.store->content_digest()));
}

BOOST_AUTO_TEST_CASE(a_run_that_starts_too_late_is_a_gap) {
  memory_node author(1);
  memory_node reader(2);
  for (int i = 0; i < 3; ++i)
    author.append("entry");
  BOOST_TEST((reader.store->ingest(own_run(author, 2)).error() == errc::gap));
  BOOST_TEST(
      (author.store->read_run(author.store->own_log(), {4}, plenty).error() == errc::not_found));
}

BOOST_AUTO_TEST_CASE(what_was_tampered_with_is_refused) {
  memory_node author(1);
  memory_node reader(2);
  for (int i = 0; i < 3; ++i)
    author.append("entry");
  const auto good = own_run(author);
  const auto refused_with = [&](auto change) {
    auto run = good;
    change(run);
    return reader.store->ingest(std::move(run)).error();
  };
  BOOST_TEST((refused_with([](auto& r) { r.entries[1].payload[0] ^= 1; }) == errc::broken_chain));
  BOOST_TEST((refused_with([](auto& r) { r.entries[1].header.kind = 2; }) == errc::broken_chain));
  BOOST_TEST(
      (refused_with([](auto& r) { r.entries[0].header.in = space::local; }) == errc::broken_chain));
  BOOST_TEST((refused_with([](auto& r) { r.entries.erase(r.entries.begin() + 1); }) ==
              errc::broken_chain));
  BOOST_TEST((refused_with([](auto& r) { r.entries[2].header.hlc = 1; }) == errc::broken_chain));
  BOOST_TEST((refused_with([](auto& r) { r.log.incarnation++; }) == errc::broken_chain));
  BOOST_TEST((refused_with([](auto& r) { r.signed_last[5] ^= 1; }) == errc::bad_signature));
  BOOST_TEST((refused_with([](auto& r) { r.entries[2].header.kind = 9; }) == errc::bad_signature));
  BOOST_TEST((refused_with([](auto& r) { r.entries.clear(); }) == errc::malformed));
  BOOST_TEST((refused_with([](auto& r) { r.entries[0].payload.resize(max_payload_bytes + 1); }) ==
              errc::too_large));
  BOOST_TEST(reader.store->versions().empty());
}

BOOST_AUTO_TEST_CASE(a_peer_cannot_make_logs_without_end) {
  memory_node author(1);
  memory_node reader(2);
  author.append("entry");
  auto full = std::make_unique<memory_backend>();
  log_batch batch;
  for (std::uint64_t i = 0; i < max_logs; ++i)
    batch.heads.push_back({{author.key.id(), i}, {1}});
  BOOST_TEST(full->commit(batch).has_value());
  reader.restart(std::move(full));
  BOOST_TEST((reader.store->ingest(own_run(author)).error() == errc::too_many));
}

BOOST_AUTO_TEST_CASE(entries_of_a_clock_that_is_ahead_are_kept_and_passed_on) {
  memory_node author(1);
  memory_node reader(2);
  author.time.now += std::chrono::hours(3);
  author.append("from the future");
  BOOST_TEST(reader.store->ingest(own_run(author)).has_value());
  BOOST_TEST(reader.append("now").header.hlc < author.append("later").header.hlc);
}

BOOST_AUTO_TEST_CASE(a_second_history_of_the_same_length_freezes_the_log) {
  fork_pair pair(2);
  pair.first.append("left");
  pair.other.append("right");
  memory_node reader(3);
  BOOST_TEST(reader.store->ingest(own_run(pair.first)).has_value());
  BOOST_TEST((reader.store->ingest(own_run(pair.other)).error() == errc::forked));
  const auto log = pair.other.store->own_log();
  BOOST_REQUIRE(reader.store->frozen_logs().size() == 1u);
  BOOST_TEST(reader.store->frozen_logs()[0].forked_at.value == 3u);
  // Both histories are kept.
  BOOST_TEST(text_of(*reader.store->read(log, {3})) == "left");
  BOOST_TEST(text_of(reader.store->read_evidence(log)->entries[0]) == "right");
  BOOST_TEST(reader.store->summary(log)->frozen);
  pair.first.append("more");
  BOOST_TEST((reader.store->ingest(own_run(pair.first)).error() == errc::frozen));
}

BOOST_AUTO_TEST_CASE(a_second_history_that_goes_on_elsewhere_is_seen_too) {
  fork_pair pair(1);
  pair.first.append("left");
  pair.other.append("right");
  pair.other.append("and on");
  memory_node reader(3);
  BOOST_TEST(reader.store->ingest(own_run(pair.first)).has_value());
  BOOST_TEST((reader.store->ingest(own_run(pair.other, 3)).error() == errc::forked));
  BOOST_TEST((reader.store->read_evidence(pair.first.store->own_log()).has_value()));
}

BOOST_AUTO_TEST_CASE(a_shorter_second_history_is_seen_too) {
  fork_pair pair(1);
  pair.first.append("left");
  pair.first.append("and on");
  pair.other.append("right");
  memory_node reader(3);
  BOOST_TEST(reader.store->ingest(own_run(pair.first)).has_value());
  BOOST_TEST((reader.store->ingest(own_run(pair.other)).error() == errc::forked));
}

BOOST_AUTO_TEST_CASE(nodes_that_know_of_the_same_fork_have_equal_digests) {
  fork_pair pair(1);
  pair.first.append("left");
  pair.other.append("right");
  pair.other.append("and on");
  memory_node a(3);
  memory_node b(4);
  BOOST_TEST(a.store->ingest(own_run(pair.first)).has_value());
  BOOST_TEST(b.store->ingest(own_run(pair.other)).has_value());
  BOOST_TEST((a.store->content_digest() != b.store->content_digest()));
  BOOST_TEST((a.store->ingest(own_run(pair.other)).error() == errc::forked));
  BOOST_TEST((b.store->ingest(own_run(pair.first)).error() == errc::forked));
  BOOST_TEST((a.store->content_digest() == b.store->content_digest()));
}

BOOST_AUTO_TEST_CASE(a_node_restored_from_a_backup_goes_on_in_a_new_incarnation) {
  memory_node author(1);
  memory_node reader(2);
  author.append("before the backup");
  auto backup = std::make_unique<memory_backend>(*author.disk);
  author.append("after the backup");
  BOOST_TEST(reader.store->ingest(own_run(author)).has_value());
  const auto old_log = author.store->own_log();
  author.restart(std::move(backup));
  const auto outcome = author.store->ingest(*reader.store->read_run(old_log, {1}, plenty));
  BOOST_REQUIRE(outcome);
  BOOST_TEST(outcome->own_log_restored);
  BOOST_TEST(outcome->stored.size() == 1u);
  BOOST_TEST((author.store->own_log() != old_log));
  BOOST_TEST(author.append("new").header.seq.value == 1u);
}

BOOST_AUTO_TEST_CASE(a_node_that_forked_its_own_log_leaves_it) {
  fork_pair pair(1);
  pair.first.append("left");
  pair.other.append("right");
  const auto old_log = pair.first.store->own_log();
  BOOST_TEST((pair.first.store->ingest(own_run(pair.other)).error() == errc::forked));
  BOOST_TEST((pair.first.store->own_log() != old_log));
  BOOST_TEST(pair.first.append("new").header.seq.value == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace hearth::logs
