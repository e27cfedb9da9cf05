#include "node/peers/peers.hpp"

#include <boost/asio/strand.hpp>

#include "bulk_network.hpp"
#include "memory_node.hpp"

using namespace hearth::peers_test;
using hearth::journal::kind;
using hearth::journal::operation;
using hearth::journal::space;
using hearth::journal_test::memory_node;
using hearth::journal_test::payload;
using hearth::peers::peer_state;
using hearth::transport_test::make_gate;
using hearth::transport_test::network;

namespace {

/// A node's logs with the real service for peers over the loopback interface.
struct gossiping_node : memory_node {
  gossiping_node(network& on, std::uint64_t seed, std::string called,
                 hearth::transport::gate gate = make_gate())
      : memory_node(seed), net(on), name(std::move(called)) {
    context = std::make_shared<hearth::transport::link_context>(hearth::transport::link_context{
        .key = key,
        .gates = std::make_shared<hearth::transport::gate_ring>(std::move(gate)),
        .policy = std::make_shared<hearth::transport_test::admit_all>()});
  }
  ~gossiping_node() { stop(); }

  hearth::result<void> try_start(std::vector<peer_address> fixed) {
    restart();
    notes.clear();
    journal->set_view(kind::note, [this](const operation& each) {
      notes.emplace_back(hearth::as_text(each.payload));
    });
    peer_options options{name, "127.0.0.1", port, false, std::move(fixed)};
    presence_hooks hooks;
    hooks.make_body = [this] { return payload("live at " + name); };
    hooks.take_body = [this](const hearth::node_id& from, hearth::byte_view body,
                             hearth::milliseconds) {
      heard[from] = std::string(hearth::as_text(body));
    };
    hooks.forget = [this](const hearth::node_id& gone) { heard.erase(gone); };
    service = std::make_unique<hearth::peers::peers>(
        hearth::peers::peers::parts{net.io.get_executor(), boost::asio::make_strand(net.io),
                                    context, *shared, *journal, source, hearth::system_random(),
                                    hearth::system_clock()},
        options, hooks, [](const hearth::journal::change&) {});
    BOOST_REQUIRE(journal->rebuild());
    return service->start();
  }

  void start(std::vector<peer_address> fixed = {}) {
    BOOST_REQUIRE(try_start(std::move(fixed)));
    port = service->port();
  }

  void stop() {
    if (!service) return;
    service->shut_down();
    BOOST_TEST(net.run(service->join(std::chrono::seconds(3))).has_value());
    service.reset();
  }

  void write(std::string_view text, space where = space::shared) {
    BOOST_REQUIRE(journal->write(where, kind::note, payload(text)));
  }
  bool has(std::string_view text) const {
    return std::find(notes.begin(), notes.end(), text) != notes.end();
  }
  peer_address address() const { return {"127.0.0.1", port}; }
  hearth::node_id id() const { return key.id(); }

  network& net;
  std::string name;
  std::uint16_t port = 0;
  std::shared_ptr<hearth::transport::link_context> context;
  scripted_source source;
  std::vector<std::string> notes;
  std::map<hearth::node_id, std::string> heard;
  std::unique_ptr<hearth::peers::peers> service;
};

bool linked(const gossiping_node& a, const gossiping_node& b) {
  return a.service->is_linked(b.id()) && b.service->is_linked(a.id());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(peers_service)

BOOST_AUTO_TEST_CASE(two_nodes_meet_by_an_address) {
  network net;
  gossiping_node a(net, 1, "attic");
  gossiping_node b(net, 2, "cellar");
  b.start();
  a.start({b.address()});
  BOOST_REQUIRE(net.until([&] { return linked(a, b); }));
  const auto at_a = a.service->list();
  BOOST_REQUIRE(at_a.size() == 1u);
  BOOST_TEST((at_a[0].id == b.id()));
  BOOST_TEST(at_a[0].name == "cellar");
  BOOST_TEST(at_a[0].found_by == "fixed");
  BOOST_TEST(at_a[0].address == b.address().text());
  BOOST_TEST((at_a[0].state == peer_state::connected));
  const auto at_b = b.service->list();
  BOOST_REQUIRE(at_b.size() == 1u);
  BOOST_TEST(at_b[0].name == "attic");
  BOOST_TEST(at_b[0].found_by == "incoming");
  BOOST_TEST(at_b[0].address == a.address().text());  // where it listens, not where it called from
  BOOST_TEST(b.service->name_of(a.id()) == "attic");
  BOOST_TEST(b.service->name_of(b.id()) == "cellar");
  BOOST_TEST(a.service->connected() == 1u);
  BOOST_TEST(!a.service->discovers());
  BOOST_TEST(net.until([&] { return a.service->list()[0].rtt.has_value(); }));
}

BOOST_AUTO_TEST_CASE(what_is_shared_reaches_the_other_node_and_what_is_private_does_not) {
  network net;
  gossiping_node a(net, 1, "attic");
  gossiping_node b(net, 2, "cellar");
  b.start();
  a.start({b.address()});
  a.write("before the link");
  a.write("private words", space::local);
  BOOST_REQUIRE(net.until([&] { return b.has("before the link"); }));
  a.write("over the link");
  b.write("and back");
  BOOST_REQUIRE(net.until([&] { return b.has("over the link") && a.has("and back"); }));
  BOOST_TEST(!b.has("private words"));
  BOOST_TEST(!b.shares("private words"));
  BOOST_REQUIRE(!b.service->history().empty());
  BOOST_TEST((b.service->history().front().from == a.id()));
  BOOST_TEST(b.service->history().front().entries >= 1u);
  BOOST_TEST(b.service->history().front().bytes > 0u);
  BOOST_TEST(net.until([&] { return a.service->list()[0].behind == 0; }));
}

BOOST_AUTO_TEST_CASE(nodes_without_a_link_hear_of_each_other_through_a_third) {
  network net;
  gossiping_node a(net, 1, "a");
  gossiping_node b(net, 2, "b");
  gossiping_node c(net, 3, "c");
  b.start();
  a.start({b.address()});
  c.start({b.address()});
  a.write("from a to all");
  BOOST_TEST(net.until([&] { return c.has("from a to all"); }));
  BOOST_TEST(!c.service->is_linked(a.id()));
}

BOOST_AUTO_TEST_CASE(linked_nodes_tell_what_is_live_and_are_forgotten_when_they_go) {
  network net;
  gossiping_node a(net, 1, "attic");
  gossiping_node b(net, 2, "cellar");
  b.start();
  a.start({b.address()});
  BOOST_REQUIRE(net.until([&] { return b.heard[a.id()] == "live at attic"; }));
  BOOST_REQUIRE(net.until([&] { return a.heard[b.id()] == "live at cellar"; }));
  a.stop();
  BOOST_TEST(net.until([&] { return !b.heard.contains(a.id()); }));
  BOOST_TEST(b.service->connected() == 0u);
  const auto gone = b.service->list();
  BOOST_REQUIRE(gone.size() == 1u);
  BOOST_TEST((gone[0].state == peer_state::unreachable));
  BOOST_TEST(!gone[0].why.empty());
}

BOOST_AUTO_TEST_CASE(after_a_restart_of_the_other_side_the_link_comes_back_with_what_was_missed) {
  network net;
  gossiping_node a(net, 1, "attic");
  gossiping_node b(net, 2, "cellar");
  b.start();
  a.start({b.address()});
  a.write("first");
  BOOST_REQUIRE(net.until([&] { return b.has("first"); }));
  b.stop();
  BOOST_REQUIRE(net.until([&] { return !a.service->is_linked(b.id()); }));
  a.write("while b was away");
  b.start();
  BOOST_REQUIRE(net.until([&] { return linked(a, b); }));
  BOOST_TEST(net.until([&] { return b.has("while b was away"); }));
  BOOST_TEST(b.has("first"));
}

BOOST_AUTO_TEST_CASE(a_node_with_another_secret_gets_nothing) {
  network net;
  gossiping_node ours(net, 1, "ours");
  gossiping_node stranger(net, 2, "stranger", make_gate(hearth::transport_test::other_secret));
  ours.start();
  ours.write("family only");
  stranger.start({ours.address()});
  BOOST_REQUIRE(net.until([&] {
    const auto list = stranger.service->list();
    return list.size() == 1 && list[0].state == peer_state::unreachable;
  }));
  BOOST_TEST(!stranger.service->list()[0].why.empty());  // says why, for a person
  BOOST_TEST(!stranger.service->list()[0].id.has_value());
  BOOST_TEST(ours.service->list().empty());
  BOOST_TEST(ours.service->connected() == 0u);
  BOOST_TEST(stranger.shared_entries() == 0u);
}

BOOST_AUTO_TEST_CASE(an_address_that_a_person_added_is_dialled_after_a_restart_too) {
  network net;
  gossiping_node a(net, 1, "attic");
  gossiping_node b(net, 2, "cellar");
  b.start();
  a.start();
  BOOST_REQUIRE(a.service->keep_fixed(b.address()));
  BOOST_REQUIRE(a.service->keep_fixed(b.address()));
  BOOST_REQUIRE(net.until([&] { return linked(a, b); }));
  a.stop();
  a.start();
  BOOST_TEST(net.until([&] { return linked(a, b); }));
  BOOST_TEST(!a.shares(b.address().text()));  // no business of others
}

BOOST_AUTO_TEST_CASE(a_node_that_dials_itself_says_so) {
  network net;
  gossiping_node a(net, 1, "attic");
  a.start();
  BOOST_REQUIRE(a.service->keep_fixed(a.address()));
  BOOST_REQUIRE(net.until([&] {
    const auto list = a.service->list();
    return list.size() == 1 && !list[0].why.empty();
  }));
  const hearth::error_code self = hearth::transport::errc::self;
  BOOST_TEST(a.service->list()[0].why == self.message());
  BOOST_TEST(a.service->connected() == 0u);
}

BOOST_AUTO_TEST_CASE(a_taken_port_is_said_at_the_start) {
  network net;
  gossiping_node a(net, 1, "attic");
  gossiping_node b(net, 2, "cellar");
  a.start();
  b.port = a.port;
  hearth::transport_test::check_error(b.try_start({}), hearth::transport::errc::cannot_listen);
}

BOOST_AUTO_TEST_CASE(linked_nodes_can_be_asked_for_things) {
  network net;
  gossiping_node a(net, 1, "attic");
  gossiping_node b(net, 2, "cellar");
  b.source.things["thing x"] = hearth::bytes{4, 5};
  b.start();
  a.start({b.address()});
  hearth::wire::fetch_request request;
  request.kind = "thing";
  request.name = "x";
  request.length = 10;
  hearth::transport_test::check_error(
      net.run(a.service->fetcher().fetch(b.id(), request, std::chrono::seconds(5))),
      errc::not_connected);
  BOOST_REQUIRE(net.until([&] { return linked(a, b); }));
  const auto got = net.run(a.service->fetcher().fetch(b.id(), request, std::chrono::seconds(5)));
  BOOST_REQUIRE(got);
  BOOST_TEST((got->body == hearth::bytes{4, 5}));
}

BOOST_AUTO_TEST_SUITE_END()
