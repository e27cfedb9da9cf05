// Every limit that a peer could try: what is over is refused and counted, and costs nobody else.
#include <boost/test/unit_test.hpp>

#include "mesh.hpp"
#include "net/gossip/peer_state.hpp"

namespace hearth::gossip {
namespace {

BOOST_AUTO_TEST_SUITE(bounds)

BOOST_AUTO_TEST_CASE(messages_above_the_rate_are_refused) {
  mesh net;
  limits few;
  few.messages_per_second = 10;
  auto& a = net.add(few);
  auto& b = net.add();
  net.link(a, b);
  for (int i = 0; i < 100; ++i)
    a.core.receive(b.id(), wire::ack{}, net.now);
  const auto refused = a.about(b).refused;
  BOOST_TEST(refused >= 90u);
  net.now += std::chrono::seconds(2);
  a.core.receive(b.id(), wire::ack{}, net.now);
  BOOST_TEST(a.about(b).refused == refused);
}

BOOST_AUTO_TEST_CASE(a_large_run_that_nobody_asked_for_is_refused) {
  mesh net;
  auto& a = net.add();
  auto& b = net.add();
  net.link(a, b);
  b.node.append(std::string(50'000, 'x'));
  auto run = *b.node.store->read_run(b.node.store->own_log(), {1}, 1 << 20);
  a.core.receive(b.id(), wire::entries{std::move(run)}, net.now);
  BOOST_TEST(a.about(b).refused == 1u);
  BOOST_TEST(a.node.store->versions().empty());
}

BOOST_AUTO_TEST_CASE(too_many_wants_in_one_message_are_refused) {
  mesh net;
  auto& a = net.add();
  auto& b = net.add();
  net.append(a, "text");
  net.link(a, b);
  wire::want greedy;
  greedy.items.assign(60, {a.node.store->own_log(), {1}});
  a.core.receive(b.id(), greedy, net.now);
  BOOST_TEST(a.core.take_outbox().size() == 8u);
  BOOST_TEST(a.about(b).refused == 1u);
}

BOOST_AUTO_TEST_CASE(bytes_given_to_a_peer_are_limited) {
  mesh net;
  limits few;
  few.bytes_per_second = 1000;
  auto& a = net.add(few);
  auto& b = net.add();
  net.append(a, std::string(600, 'x'));
  net.link(a, b);
  const wire::want again{{{a.node.store->own_log(), {1}}}};
  a.core.receive(b.id(), again, net.now);
  BOOST_TEST(a.core.take_outbox().empty());
  BOOST_TEST(a.about(b).refused == 1u);
}

BOOST_AUTO_TEST_CASE(whole_version_vectors_are_not_sent_over_and_over) {
  mesh net;
  auto& a = net.add();
  auto& b = net.add();
  net.append(a, "text");
  net.link(a, b);
  for (int i = 0; i < 50; ++i)
    a.core.receive(b.id(), wire::digest{}, net.now);
  BOOST_TEST(a.core.take_outbox().size() <= 1u);
  net.now += std::chrono::seconds(3);
  a.core.tick(net.now);
  const auto later = a.core.take_outbox();
  BOOST_REQUIRE(later.size() == 1u);
  BOOST_TEST(std::get<wire::versions>(later[0].content).whole);
}

BOOST_AUTO_TEST_CASE(a_peer_that_promises_what_it_never_gives_is_not_asked_without_end) {
  mesh net;
  auto& a = net.add();
  auto& liar = net.add();
  net.append(liar, "the only entry");
  net.link(a, liar);
  const auto log = liar.node.store->own_log();
  a.core.receive(liar.id(), wire::versions{false, {{log, {100}, 7, false}}}, net.now);
  std::size_t wants = 0;
  auto run = *liar.node.store->read_run(log, {1}, 1000);
  for (int i = 0; i < 50; ++i) {
    for (const auto& item : a.core.take_outbox()) {
      wants += std::holds_alternative<wire::want>(item.content) ? 1 : 0;
    }
    a.core.receive(liar.id(), wire::entries{run, true}, net.now);
  }
  BOOST_TEST(wants == 1u);
}

BOOST_AUTO_TEST_CASE(wants_in_flight_are_bounded) {
  mesh net;
  auto& a = net.add();
  auto& b = net.add();
  net.link(a, b);
  wire::versions many;
  for (std::uint64_t i = 1; i <= 50; ++i)
    many.logs.push_back({{b.id(), i}, {5}, 1, false});
  a.core.receive(b.id(), many, net.now);
  const auto outbox = a.core.take_outbox();
  BOOST_REQUIRE(outbox.size() == 1u);
  BOOST_TEST(std::get<wire::want>(outbox[0].content).items.size() == 4u);
  BOOST_TEST(a.about(b).we_lack == 250u);
}

BOOST_AUTO_TEST_CASE(only_so_many_peers_are_remembered) {
  mesh net;
  limits few;
  few.remembered_peers = 3;
  auto& a = net.add(few);
  for (std::uint8_t i = 1; i <= 10; ++i) {
    node_id peer;
    peer.key.fill(i);
    a.core.link_up(peer, net.now);
    a.core.link_down(peer, net.now);
  }
  BOOST_TEST(a.core.status().size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_bucket_refills) {
  token_bucket bucket(10);
  BOOST_TEST(bucket.take(10, milliseconds(0)));
  BOOST_TEST(!bucket.take(1, milliseconds(50)));
  BOOST_TEST(bucket.take(1, milliseconds(200)));
  BOOST_TEST(bucket.take(500, milliseconds(2'000)));  // large, but the bucket was full
  BOOST_TEST(!bucket.take(1, milliseconds(3'000)));   // and is paid for afterwards
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace hearth::gossip
