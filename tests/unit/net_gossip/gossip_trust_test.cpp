// Peers that break the rules, forks, and a store that fails.
#include <boost/test/unit_test.hpp>

#include "mesh.hpp"

namespace hearth::gossip {
namespace {

struct pair_of_nodes {
  mesh net;
  mesh_node& a = net.add();
  mesh_node& b = net.add();

  logs::shared_run run_of(mesh_node& node) {
    return *node.node.store->read_run(node.node.store->own_log(), {1}, 1 << 20);
  }
};

/// A node that shares the key of another and took up from a copy of its disk.
void become_twin_of(mesh_node& twin, mesh_node& original) {
  twin.node.key = original.node.key;
  twin.node.restart(std::make_unique<logs::memory_backend>(*original.node.disk));
}

BOOST_FIXTURE_TEST_SUITE(trust, pair_of_nodes)

BOOST_AUTO_TEST_CASE(a_bad_signature_closes_the_link_and_is_reported) {
  net.append(a, "text");
  net.link(a, b);
  net.append(a, "more");
  auto outbox = a.core.take_outbox();
  auto run = std::get<wire::entries>(outbox.at(0).content).run;
  run.signed_last[0] ^= 1;
  b.core.receive(a.id(), wire::entries{run}, net.now);
  const auto reply = b.core.take_outbox();
  BOOST_REQUIRE(reply.size() == 1u);
  BOOST_TEST(std::holds_alternative<wire::bye>(reply[0].content));
  const auto events = b.core.take_events();
  BOOST_REQUIRE(events.size() == 1u);
  BOOST_TEST((std::get<peer_misbehaved>(events[0]).why == logs::errc::bad_signature));
  BOOST_TEST(b.about(a).why == "closed: it sent entries that do not hold");
  // Nothing more is taken until it links anew.
  b.core.receive(a.id(), wire::digest{}, net.now);
  BOOST_TEST(b.core.take_outbox().empty());
  net.cut(a, b);
  net.link(a, b);
  BOOST_TEST((a.digest() == b.digest()));
}

BOOST_AUTO_TEST_CASE(two_histories_of_one_length_freeze_the_log_on_both_sides) {
  mesh_node& original = net.add();
  net.append(original, "common");
  mesh_node& twin = net.add();
  become_twin_of(twin, original);
  original.node.append("left");
  twin.node.append("right");
  BOOST_TEST(a.node.store->ingest(run_of(original)).has_value());
  BOOST_TEST(b.node.store->ingest(run_of(twin)).has_value());
  net.link(a, b);
  net.pass(std::chrono::seconds(40));
  BOOST_TEST(a.count<log_frozen>() == 1u);
  BOOST_TEST(b.count<log_frozen>() == 1u);
  BOOST_TEST((a.digest() == b.digest()));
  const auto log = original.node.store->own_log();
  BOOST_TEST(a.node.store->read_evidence(log).has_value());
  BOOST_TEST(b.node.store->read_evidence(log).has_value());
}

BOOST_AUTO_TEST_CASE(proof_of_a_fork_reaches_those_who_saw_only_one_history) {
  mesh_node& original = net.add();
  net.append(original, "common");
  mesh_node& twin = net.add();
  become_twin_of(twin, original);
  for (int i = 0; i < 3; ++i)
    original.node.append("left");
  twin.node.append("right");
  BOOST_TEST(a.node.store->ingest(run_of(original)).has_value());
  BOOST_TEST((a.node.store->ingest(run_of(twin)).error() == logs::errc::forked));
  BOOST_TEST(b.node.store->ingest(run_of(original)).has_value());
  mesh_node& fresh = net.add();
  net.link(a, b);
  net.link(b, fresh);
  net.pass(std::chrono::seconds(40));
  for (auto* each : {&a, &b, &fresh}) {
    BOOST_TEST(each->node.store->frozen_logs().size() == 1u);
    BOOST_TEST((each->digest() == a.digest()));
  }
}

BOOST_AUTO_TEST_CASE(a_node_restored_from_a_backup_gets_its_own_entries_back) {
  net.append(a, "one");
  auto backup = std::make_unique<logs::memory_backend>(*a.node.disk);
  net.append(a, "two");
  net.link(a, b);
  net.cut(a, b);
  mesh_node& restored = net.add();
  restored.node.key = a.node.key;
  restored.node.restart(std::move(backup));
  shared_entries entries(*restored.node.store);
  gossip_core core(entries, restored.node.random);
  core.link_up(b.id(), net.now);
  b.core.link_up(a.id(), net.now);
  for (int round = 0; round < 6; ++round) {
    for (auto& item : b.core.take_outbox())
      core.receive(b.id(), std::move(item.content), net.now);
    for (auto& item : core.take_outbox())
      b.core.receive(a.id(), std::move(item.content), net.now);
  }
  const auto events = core.take_events();
  BOOST_REQUIRE(events.size() == 2u);
  BOOST_TEST(std::holds_alternative<own_log_restored>(events[0]));
  BOOST_TEST(std::get<entries_arrived>(events[1]).entries.size() == 1u);
  BOOST_TEST(restored.node.append("three").header.seq.value == 1u);
  core.appended(net.now);
  BOOST_TEST(core.take_outbox().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_reported_and_tried_again) {
  net.link(a, b);
  b.node.disk->fail_commits_with(logs::errc::disk_full);
  net.append(a, "text");
  net.settle();
  BOOST_TEST(b.count<store_failed>() == 1u);
  BOOST_TEST(b.arrived == 0u);
  b.node.disk->fail_commits_with({});
  net.pass(std::chrono::seconds(60));
  BOOST_TEST(b.arrived == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace hearth::gossip
