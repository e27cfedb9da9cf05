// dial() and listener: who gets a link, and what everybody else gets to see.
#include "net/transport/listener.hpp"

#include "network.hpp"

using namespace hearth;
using namespace hearth::transport_test;
using link_errc = transport::errc;

namespace {

/// Sends, then counts what comes back until the other end hangs up.
awaitable<std::size_t> answer_bytes(tcp::socket& socket, bytes say) {
  co_await asio::async_write(socket, asio::buffer(say), token);
  std::size_t all = 0;
  std::array<std::uint8_t, 512> buffer;
  while (true) {
    const auto [error, count] = co_await socket.async_read_some(asio::buffer(buffer), token);
    all += count;
    if (error) co_return all;
  }
}

milliseconds since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(listeners)

BOOST_AUTO_TEST_CASE(a_stranger_sees_no_byte_whatever_is_sent) {
  network net;
  net.config.handshake_deadline = milliseconds(300);
  net.listen();
  bytes guess(50, 7);
  guess[0] = 0;
  guess[1] = 48;  // a first message of the right size
  const auto text = as_bytes("GET / HTTP/1.1\r\nHost: node\r\n\r\n");
  for (const auto& say : {bytes{}, guess, bytes(text.begin(), text.end()), bytes(5000, 0xff),
                          bytes{0, 0}, bytes{0, 48, 1, 2}}) {
    auto socket = net.plain_socket();
    const auto start = std::chrono::steady_clock::now();
    BOOST_TEST(net.run(answer_bytes(socket, say)) == 0u);
    // The same for all: nothing until the deadline.
    BOOST_TEST(since(start).count() >= 280);
    BOOST_TEST(since(start).count() < 2000);
  }
  BOOST_TEST(net.until([&] { return net.door->counts().strangers == 6; }));
  BOOST_TEST(net.arrived.empty());
}

BOOST_AUTO_TEST_CASE(bytes_that_trickle_in_do_not_move_the_deadline) {
  network net;
  net.config.handshake_deadline = milliseconds(300);
  net.listen();
  auto socket = net.plain_socket();
  const auto start = std::chrono::steady_clock::now();
  net.run([](tcp::socket& to) -> awaitable<result<void>> {
    const std::array<std::uint8_t, 1> one{0};
    for (int i = 0; i < 100; ++i) {
      const auto [error, count] = co_await asio::async_write(to, asio::buffer(one), token);
      if (error) break;
      co_await sleep_for(milliseconds(20));
    }
    co_return result<void>{};
  }(socket));
  BOOST_TEST(since(start).count() < 1500);
  BOOST_TEST(net.door->counts().strangers == 1u);
}

BOOST_AUTO_TEST_CASE(another_secret_is_hung_up_on_without_a_word) {
  network net;
  net.config.handshake_deadline = milliseconds(200);
  net.client = make_node(make_gate(other_secret));
  net.listen();
  check_error(net.call(), link_errc::unanswered);
  BOOST_TEST(net.door->counts().strangers == 1u);
}

BOOST_AUTO_TEST_CASE(who_is_refused_is_told_why) {
  network net;
  net.server->policy = std::make_shared<admit_none>();
  net.listen();
  check_error(net.call(), link_errc::refused);
  net.server->policy = std::make_shared<admit_all>();
  net.client->versions = {1, 8, 9};
  check_error(net.call(), link_errc::no_common_version);
  net.client->versions = {};
  check_error(net.call({.expected = net.client->key.id()}), link_errc::wrong_peer);
  net.client->policy = std::make_shared<admit_none>();
  check_error(net.call(), link_errc::not_member);
  BOOST_TEST(net.until([&] { return net.door->counts().accepted == 4; }));
  BOOST_TEST(net.arrived.empty());
}

BOOST_AUTO_TEST_CASE(a_node_that_dials_itself_is_told) {
  network net;
  net.client = net.server;
  net.listen();
  check_error(net.call(), link_errc::self);
}

BOOST_AUTO_TEST_CASE(purposes_arrive) {
  network net;
  net.listen();
  BOOST_REQUIRE(net.call({.use = purpose::bulk}));
  BOOST_REQUIRE(net.until([&] { return net.arrived.size() == 1; }));
  BOOST_TEST((net.arrived[0]->use() == purpose::bulk));
  BOOST_TEST(net.door->counts().ready == 1u);
}

BOOST_AUTO_TEST_CASE(names_are_resolved) {
  network net;
  net.listen();
  BOOST_TEST(net.call({.host = "localhost"}).has_value());
  check_error(net.call({.host = "no-such-host.invalid"}), link_errc::not_resolved);
}

BOOST_AUTO_TEST_CASE(nobody_there) {
  network net;
  net.listen();
  const auto port = net.door->port();
  net.door->stop();
  net.until([] { return false; }, std::chrono::seconds(1));
  check_error(net.call({.port = port}), link_errc::unreachable);
}

BOOST_AUTO_TEST_CASE(a_silent_host_is_given_up_at_the_deadline) {
  network net;
  tcp::acceptor silent(net.io, {asio::ip::address_v4::loopback(), 0});
  check_error(net.call({.port = silent.local_endpoint().port(), .deadline = milliseconds(150)}),
              hearth::errc::timed_out);
}

BOOST_AUTO_TEST_CASE(an_address_gets_only_so_many_handshakes_at_once) {
  network net;
  net.config.most_handshakes_an_address = 4;
  net.config.handshake_deadline = milliseconds(500);
  net.listen();
  std::vector<tcp::socket> idle;
  for (int i = 0; i < 4; ++i)
    idle.push_back(net.plain_socket());
  BOOST_REQUIRE(net.until([&] { return net.door->counts().accepted == 4; }));
  check_error(net.call(), link_errc::unanswered);
  BOOST_TEST(net.door->counts().turned_away == 1u);
  // Their places are free again after their deadline.
  BOOST_REQUIRE(net.until([&] { return net.door->counts().strangers == 4; }));
  BOOST_TEST(net.call().has_value());
}

BOOST_AUTO_TEST_CASE(all_together_get_only_so_many) {
  network net;
  net.config.most_handshakes = 2;
  net.listen();
  std::vector<tcp::socket> idle;
  for (int i = 0; i < 2; ++i)
    idle.push_back(net.plain_socket());
  BOOST_REQUIRE(net.until([&] { return net.door->counts().accepted == 2; }));
  check_error(net.call(), link_errc::unanswered);
}

BOOST_AUTO_TEST_CASE(a_full_task_group_turns_away) {
  network net;
  task_group few("few", 1);  // the accept loop takes the one place
  auto ready = [](link_ptr) {};
  net.door = listener::open(net.io.get_executor(), net.config, net.server, few, ready).value();
  check_error(net.call(), link_errc::unanswered);
  BOOST_TEST(net.door->counts().turned_away == 1u);
  net.door->stop();
  net.until([&] { return few.size() == 0; });
}

BOOST_AUTO_TEST_CASE(addresses_that_cannot_be_bound) {
  network net;
  net.listen();
  const auto open = [&](std::string address, std::uint16_t port) {
    listener_config config{.address = std::move(address), .port = port};
    return listener::open(net.io.get_executor(), config, net.server, net.tasks, [](link_ptr) {});
  };
  check_error(open("127.0.0.1", net.door->port()), link_errc::cannot_listen);
  check_error(open("203.0.113.1", 0), link_errc::cannot_listen);
  check_error(open("not an address", 0), hearth::errc::malformed);
  net.tasks.cancel();
  check_error(open("127.0.0.1", 0), hearth::errc::group_closed);
}

BOOST_AUTO_TEST_SUITE_END()
