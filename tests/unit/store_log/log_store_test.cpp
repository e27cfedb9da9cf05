// A node's own log: what it would lose here is its users' changes.
#include <boost/test/unit_test.hpp>

#include "log_fixture.hpp"

namespace hearth::logs {
namespace {

BOOST_AUTO_TEST_SUITE(log_store_rules)

BOOST_AUTO_TEST_CASE(entries_are_numbered_linked_and_read_back) {
  memory_node node(1);
  const auto first = node.append("one");
  const auto second = node.append("two", 7);
  BOOST_TEST(first.header.seq.value == 1u);
  BOOST_TEST((first.header.previous == bytes32{}));
  BOOST_TEST((second.header.previous == hash_of(first.header)));
  BOOST_TEST(second.header.hlc > first.header.hlc);
  BOOST_TEST(second.header.kind == 7);
  const auto back = node.store->read(node.store->own_log(), {2});
  BOOST_REQUIRE(back);
  BOOST_TEST((*back == second));
  BOOST_TEST((node.store->read(node.store->own_log(), {3}).error() == errc::not_found));
}

BOOST_AUTO_TEST_CASE(several_entries_are_stored_together) {
  memory_node node(2);
  std::vector<draft> drafts(3);
  for (auto& item : drafts)
    item.payload = {1, 2};
  const auto done = node.store->append_all(std::move(drafts));
  BOOST_REQUIRE(done);
  BOOST_TEST(done->size() == 3u);
  BOOST_TEST(node.store->versions().at(node.store->own_log()).value == 3u);
}

BOOST_AUTO_TEST_CASE(a_failed_write_leaves_no_trace) {
  memory_node node(3);
  node.append("one");
  node.disk->fail_commits_with(errc::disk_full);
  BOOST_TEST((node.store->append(1, {}).error() == errc::disk_full));
  node.disk->fail_commits_with({});
  BOOST_TEST(node.append("two").header.seq.value == 2u);
}

BOOST_AUTO_TEST_CASE(a_payload_above_the_limit_is_refused) {
  memory_node node(4);
  BOOST_TEST((node.store->append(1, bytes(max_payload_bytes + 1)).error() == errc::too_large));
  std::vector<draft> drafts(2);
  drafts[1].payload.resize(max_payload_bytes + 1);
  BOOST_TEST((node.store->append_all(std::move(drafts)).error() == errc::too_large));
  BOOST_TEST(node.store->versions().empty());
  BOOST_TEST(node.store->append(1, bytes(max_payload_bytes)).has_value());
}

BOOST_AUTO_TEST_CASE(a_view_is_rebuilt_or_brought_up_to_date) {
  memory_node node(5);
  for (const auto* text : {"a", "b", "c"})
    node.append(text);
  std::string all;
  std::string rest;
  BOOST_TEST(node.store->for_each([&](const entry& item) { all += text_of(item); }).has_value());
  const version_vector known{{node.store->own_log(), {2}}};
  BOOST_TEST(
      node.store->for_each([&](const entry& item) { rest += text_of(item); }, known).has_value());
  BOOST_TEST(all == "abc");
  BOOST_TEST(rest == "c");
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_set_back_starts_a_new_incarnation) {
  memory_node node(6);
  const auto before = node.append("from the future");
  node.time.now -= std::chrono::hours(5);
  const auto after = node.append("right again");
  BOOST_TEST(after.header.seq.value == 1u);
  BOOST_TEST((after.header.log != before.header.log));
  BOOST_TEST(hybrid_clock::wall_of(after.header.hlc).count() == node.time.now.count());
}

BOOST_AUTO_TEST_CASE(a_clock_set_back_a_little_keeps_the_order) {
  memory_node node(7);
  const auto before = node.append("a");
  node.time.now -= std::chrono::minutes(5);
  const auto after = node.append("b");
  BOOST_TEST((after.header.log == before.header.log));
  BOOST_TEST(after.header.hlc > before.header.hlc);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace hearth::logs
