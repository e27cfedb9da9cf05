// Two and three nodes: what each user would miss is the others' changes, at once or after a break.
#include <boost/test/unit_test.hpp>

#include "mesh.hpp"

namespace hearth::gossip {
namespace {

struct three {
  mesh net;
  mesh_node& a = net.add();
  mesh_node& b = net.add();
  mesh_node& c = net.add();
};

BOOST_FIXTURE_TEST_SUITE(exchange, three)

BOOST_AUTO_TEST_CASE(on_contact_each_gets_what_it_lacks) {
  for (int i = 0; i < 5; ++i)
    net.append(a, "from a");
  for (int i = 0; i < 3; ++i)
    net.append(b, "from b");
  net.link(a, b);
  BOOST_TEST((a.digest() == b.digest()));
  BOOST_TEST(a.arrived == 3u);
  BOOST_TEST(b.arrived == 5u);
  BOOST_TEST(a.about(b).why == "in step");
}

BOOST_AUTO_TEST_CASE(a_small_entry_is_pushed_at_once) {
  net.link(a, b);
  const auto digests = net.sent_of<wire::digest>();
  net.append(a, "hello");
  net.settle();
  BOOST_TEST(b.arrived == 1u);
  BOOST_TEST(net.sent_of<wire::want>() == 0u);
  BOOST_TEST(net.sent_of<wire::digest>() == digests);
  BOOST_TEST(a.about(b).they_lack == 0u);
}

BOOST_AUTO_TEST_CASE(a_large_entry_is_announced_and_fetched) {
  net.link(a, b);
  net.append(a, std::string(100'000, 'x'));
  net.settle();
  BOOST_TEST(b.arrived == 1u);
  BOOST_TEST(net.sent_of<wire::want>() == 1u);
}

BOOST_AUTO_TEST_CASE(text_is_compressed_on_the_way) {
  net.link(a, b);
  const auto before = net.bytes_moved;
  net.append(a, std::string(200'000, 'x'));
  net.settle();
  BOOST_TEST(b.arrived == 1u);
  BOOST_TEST(net.bytes_moved - before < 5'000u);
}

BOOST_AUTO_TEST_CASE(coming_back_in_step_costs_one_digest_each_way) {
  for (int i = 0; i < 50; ++i)
    net.append(a, "old");
  net.link(a, b);
  net.cut(a, b);
  const auto before = net.bytes_moved;
  net.link(a, b);
  BOOST_TEST(net.bytes_moved - before == 2u * 17u);
  BOOST_TEST(a.about(b).why == "in step");
}

BOOST_AUTO_TEST_CASE(after_a_break_little_more_than_the_difference_moves) {
  for (int i = 0; i < 500; ++i)
    net.append(a, "an entry that both know already");
  net.link(a, b);
  net.cut(a, b);
  for (int i = 0; i < 10; ++i)
    net.append(a, "new");
  const auto before = net.bytes_moved;
  net.link(a, b);
  BOOST_TEST((a.digest() == b.digest()));
  BOOST_TEST(net.bytes_moved - before < 800u);
}

BOOST_AUTO_TEST_CASE(what_is_larger_than_a_piece_comes_in_pieces) {
  for (int i = 0; i < 40; ++i) {
    bytes noise(50'000);
    a.node.random.fill(noise);
    net.append(a, as_text(noise));
  }
  net.link(a, b);
  BOOST_TEST(b.arrived == 40u);
  BOOST_TEST(net.sent_of<wire::want>() == 8u);  // 2 MB in pieces of at most 256 KiB
  BOOST_TEST(net.bytes_moved < 40u * 50'000u + 10'000u);
}

BOOST_AUTO_TEST_CASE(an_exchange_that_was_cut_goes_on_where_it_stopped) {
  for (int i = 0; i < 40; ++i) {
    bytes noise(50'000);
    a.node.random.fill(noise);
    net.append(a, as_text(noise));
  }
  a.core.link_up(b.id(), net.now);
  b.core.link_up(a.id(), net.now);
  while (b.arrived < 20) {  // by hand, one message at a time
    for (auto* from : {&a, &b}) {
      auto& to = from == &a ? b : a;
      for (auto& item : from->core.take_outbox()) {
        to.core.receive(from->id(), std::move(item.content), net.now);
      }
    }
    for (auto& item : b.core.take_events())
      b.arrived += std::get<0>(item).entries.size();
  }
  net.cut(a, b);
  a.core.take_outbox();
  b.core.take_outbox();
  const auto before = net.bytes_moved;
  net.link(a, b);
  BOOST_TEST(b.arrived == 40u);
  BOOST_TEST(net.bytes_moved - before < 20u * 50'000u + 10'000u);
}

BOOST_AUTO_TEST_CASE(news_reach_a_node_that_only_a_third_knows) {
  net.link(a, b);
  net.link(b, c);
  net.append(a, "hello");
  net.settle();
  BOOST_TEST(c.arrived == 0u);
  net.pass(milliseconds(200));
  BOOST_TEST(c.arrived == 1u);
}

BOOST_AUTO_TEST_CASE(in_a_full_mesh_an_entry_crosses_each_link_once) {
  net.link(a, b);
  net.link(b, c);
  net.link(a, c);
  net.append(a, "hello");
  net.pass(milliseconds(500));
  BOOST_TEST(net.sent_of<wire::entries>() == 2u);
  BOOST_TEST(b.arrived == 1u);
  BOOST_TEST(c.arrived == 1u);
}

BOOST_AUTO_TEST_CASE(what_was_lost_is_found_by_anti_entropy) {
  net.link(a, b);
  net.append(a, "lost");
  a.core.take_outbox();
  BOOST_TEST(a.about(b).why == "1 entry not confirmed yet");
  net.pass(std::chrono::seconds(45));
  BOOST_TEST(b.arrived == 1u);
  BOOST_TEST(a.about(b).why == "in step");
}

BOOST_AUTO_TEST_CASE(a_push_that_overtook_another_is_completed) {
  net.link(a, b);
  net.append(a, "lost");
  a.core.take_outbox();
  net.append(a, "arrives");
  net.settle();
  BOOST_TEST(b.arrived == 2u);
}

BOOST_AUTO_TEST_CASE(a_peer_that_does_not_answer_is_left_for_another) {
  for (int i = 0; i < 5; ++i)
    net.append(a, "text");
  net.link(a, c);
  a.core.link_up(b.id(), net.now);  // b asks a, whose answer is lost
  b.core.link_up(a.id(), net.now);
  for (auto& item : a.core.take_outbox())
    b.core.receive(a.id(), std::move(item.content), net.now);
  for (auto& item : b.core.take_outbox())
    a.core.receive(b.id(), std::move(item.content), net.now);
  for (auto& item : a.core.take_outbox())
    b.core.receive(a.id(), std::move(item.content), net.now);
  for (auto& item : b.core.take_outbox())
    a.core.receive(b.id(), std::move(item.content), net.now);
  a.core.take_outbox();
  BOOST_TEST(b.about(a).why == "receiving 5 entries");
  net.cut(a, b);
  BOOST_TEST(b.about(a).why == "not connected");
  net.link(b, c);
  BOOST_TEST(b.arrived == 5u);
}

BOOST_AUTO_TEST_CASE(kinds_that_are_not_of_gossip_are_left_to_others) {
  net.link(a, b);
  BOOST_TEST(!a.core.receive(b.id(), wire::ping{1}, net.now));
  BOOST_TEST(!a.core.receive(b.id(), wire::presence{}, net.now));
  BOOST_TEST(a.core.receive(c.id(), wire::digest{}, net.now));  // not linked: swallowed
  BOOST_TEST(a.core.take_outbox().empty());
}

BOOST_AUTO_TEST_CASE(the_next_tick_is_the_next_thing_to_do) {
  BOOST_TEST((a.core.next_tick() == milliseconds::max()));
  net.link(a, b);
  const auto next = a.core.next_tick() - net.now;
  BOOST_TEST(next.count() >= 22'500);
  BOOST_TEST(next.count() <= 37'500);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace hearth::gossip
