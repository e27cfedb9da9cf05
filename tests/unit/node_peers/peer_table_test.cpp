#include "node/peers/peer_table.hpp"

#include "network.hpp"

using namespace hearth::transport_test;
using hearth::milliseconds;
using hearth::peers::peer_address;
using hearth::peers::peer_facts;
using hearth::peers::peer_state;
using hearth::peers::peer_table;

namespace {

/// Two nodes that dial each other at the same time, as two members of a LAN do.
struct both_ways : network {
  both_ways() {
    std::tie(client_dialled, server_accepted) = connect();
    auto take = [this](link_ptr made) { client_accepted = std::move(made); };
    other_door = listener::open(io.get_executor(), config, client, tasks, take).value();
    dial_target target;
    target.host = "127.0.0.1";
    target.port = other_door->port();
    server_dialled = run(dial(io.get_executor(), server, tasks, std::move(target))).value();
    BOOST_REQUIRE(until([this] { return client_accepted != nullptr; }));
  }
  ~both_ways() {
    other_door->stop();
    client_accepted->close();
  }

  std::shared_ptr<listener> other_door;
  link_ptr client_dialled, server_accepted;  // one connection
  link_ptr server_dialled, client_accepted;  // the other
};

bool take(peer_table& table, const link_ptr& link) {
  return table.adopt(link, "peer", link->outgoing() ? "fixed" : "incoming", {});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(peer_tables)

// If each end kept another link, both would be closed, and again and again.
BOOST_AUTO_TEST_CASE(both_ends_keep_the_same_one_of_two_links) {
  for (int order = 0; order < 4; ++order) {
    BOOST_TEST_CONTEXT("order " << order) {
      both_ways net;
      peer_table at_client(net.client->key.id());
      peer_table at_server(net.server->key.id());
      const bool smaller_is_client = net.client->key.id() < net.server->key.id();
      const auto first_at_client = order & 1 ? net.client_dialled : net.client_accepted;
      const auto then_at_client = order & 1 ? net.client_accepted : net.client_dialled;
      const auto first_at_server = order & 2 ? net.server_dialled : net.server_accepted;
      const auto then_at_server = order & 2 ? net.server_accepted : net.server_dialled;
      BOOST_TEST(take(at_client, first_at_client));
      BOOST_TEST(take(at_server, first_at_server));
      take(at_client, then_at_client);
      take(at_server, then_at_server);
      const auto& kept_here = smaller_is_client ? net.client_dialled : net.client_accepted;
      const auto& kept_there = smaller_is_client ? net.server_accepted : net.server_dialled;
      BOOST_TEST((at_client.link_of(net.server->key.id()) == kept_here));
      BOOST_TEST((at_server.link_of(net.client->key.id()) == kept_there));
      BOOST_TEST(!kept_here->closed());
      BOOST_TEST(at_client.connected() == 1u);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_closed_link_is_replaced_by_any_other) {
  both_ways net;
  peer_table table(net.client->key.id());
  const bool smaller = net.client->key.id() < net.server->key.id();
  const auto preferred = smaller ? net.client_dialled : net.client_accepted;
  const auto other = smaller ? net.client_accepted : net.client_dialled;
  BOOST_TEST(take(table, preferred));
  BOOST_TEST(!take(table, other));
  preferred->close();
  BOOST_TEST(take(table, other));
  BOOST_TEST((table.link_of(net.server->key.id()) == other));
}

BOOST_AUTO_TEST_CASE(only_the_present_link_can_be_dropped) {
  both_ways net;
  peer_table table(net.client->key.id());
  const auto peer = net.server->key.id();
  const bool smaller = net.client->key.id() < peer;
  const auto kept = smaller ? net.client_dialled : net.client_accepted;
  const auto replaced = smaller ? net.client_accepted : net.client_dialled;
  BOOST_TEST(!table.drop(kept, "never had it"));
  BOOST_TEST(take(table, replaced));
  BOOST_TEST(take(table, kept));
  BOOST_TEST(replaced->closed());
  BOOST_TEST(!table.drop(replaced, "late news of the old link"));
  BOOST_TEST(table.is_linked(peer));
  BOOST_TEST(table.drop(kept, "it went away"));
  BOOST_TEST(!table.is_linked(peer));
  BOOST_TEST(!table.locate(peer).has_value());
  const auto facts = table.facts();
  BOOST_REQUIRE(facts.size() == 1u);
  BOOST_TEST((facts[0].state == peer_state::unreachable));
  BOOST_TEST(facts[0].why == "it went away");
}

BOOST_AUTO_TEST_CASE(a_linked_node_is_listed_once_with_where_it_can_be_dialled) {
  both_ways net;
  peer_table table(net.client->key.id());
  const auto peer = net.server->key.id();
  const peer_address at{"127.0.0.1", 4711};
  table.note_place(at, {{}, "fixed", ""});
  BOOST_TEST((table.facts()[0].state == peer_state::connecting));
  BOOST_TEST(table.name_of(peer) == peer.words());
  BOOST_REQUIRE(table.adopt(net.client_dialled, "cellar", "fixed", at));
  table.note_place(at, {peer, "fixed", ""});
  table.set_rtt(peer, milliseconds(3));
  const auto facts = table.facts();
  BOOST_REQUIRE(facts.size() == 1u);
  BOOST_TEST(facts[0].name == "cellar");
  BOOST_TEST(facts[0].address == "127.0.0.1:4711");
  BOOST_TEST(facts[0].found_by == "fixed");
  BOOST_TEST((facts[0].state == peer_state::connected));
  BOOST_TEST((facts[0].rtt == milliseconds(3)));
  BOOST_TEST(table.name_of(peer) == "cellar");
  BOOST_TEST((table.locate(peer) == at));
}

BOOST_AUTO_TEST_CASE(who_was_found_but_is_silent_is_shown_with_the_reason) {
  both_ways net;
  peer_table table(net.client->key.id());
  const auto peer = net.server->key.id();
  table.note_found(peer, "attic", {"10.0.0.1", 8481});
  BOOST_REQUIRE(table.facts().size() == 1u);
  BOOST_TEST((table.facts()[0].state == peer_state::connecting));
  BOOST_TEST(table.facts()[0].found_by == "mdns");
  table.set_why(peer, "nobody listens there");
  BOOST_TEST((table.facts()[0].state == peer_state::unreachable));
  const peer_address wrong{"10.0.0.2", 8481};
  table.note_place(wrong, {{}, "fixed", "it has another secret"});
  BOOST_REQUIRE(table.facts().size() == 2u);
  BOOST_TEST(table.facts()[1].address == "10.0.0.2:8481");
  BOOST_TEST(table.facts()[1].why == "it has another secret");
}

BOOST_AUTO_TEST_CASE(states_have_their_names) {
  BOOST_TEST(hearth::peers::state_name(peer_state::connected) == "connected");
  BOOST_TEST(hearth::peers::state_name(peer_state::connecting) == "connecting");
  BOOST_TEST(hearth::peers::state_name(peer_state::unreachable) == "unreachable");
}

BOOST_AUTO_TEST_SUITE_END()
