#include "net/transport/link.hpp"

#include <boost/asio/use_future.hpp>
#include <thread>

#include "network.hpp"

using namespace hearth;
using namespace hearth::transport_test;
using link_errc = transport::errc;

namespace {

bytes frame_of(std::string_view text) {
  const auto view = as_bytes(text);
  return {view.begin(), view.end()};
}

/// A proxy between the two ends that can change what passes.
struct wire {
  explicit wire(network& net)
      : net_(net), acceptor_(net.io, {asio::ip::address_v4::loopback(), 0}) {
    asio::co_spawn(net.io, carry(), asio::detached);
  }
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  awaitable<void> carry() {
    auto [error, near] = co_await acceptor_.async_accept(token);
    tcp::socket far(net_.io);
    const tcp::endpoint to(asio::ip::address_v4::loopback(), net_.door->port());
    co_await far.async_connect(to, token);
    near_.emplace(std::move(near));
    far_.emplace(std::move(far));
    asio::co_spawn(net_.io, pump(*near_, *far_, true), asio::detached);
    co_await pump(*far_, *near_, false);
  }

  awaitable<void> pump(tcp::socket& from, tcp::socket& to, bool forward) {
    std::array<std::uint8_t, 4096> buffer;
    while (true) {
      const auto [error, count] = co_await from.async_read_some(asio::buffer(buffer), token);
      if (error) break;
      if (forward && flip) buffer[count - 1] ^= 1;
      co_await asio::async_write(to, asio::buffer(buffer.data(), count), token);
      if (forward && twice)
        co_await asio::async_write(to, asio::buffer(buffer.data(), count), token);
    }
    error_code ignored;
    to.close(ignored);
  }

  bool flip = false;
  bool twice = false;
  std::optional<tcp::socket> near_;
  std::optional<tcp::socket> far_;

 private:
  network& net_;
  tcp::acceptor acceptor_;
};

struct tapped {
  network net;
  std::optional<wire> between;
  link_ptr near;
  link_ptr far;
  tapped() {
    net.listen();
    between.emplace(net);
    near = net.call({.host = "127.0.0.1", .port = between->port()}).value();
    BOOST_REQUIRE(net.until([&] { return !net.arrived.empty(); }));
    far = net.arrived.back();
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(links)

BOOST_AUTO_TEST_CASE(frames_pass_both_ways) {
  network net;
  auto [near, far] = net.connect();
  BOOST_TEST((near->peer() == net.server->key.id()));
  BOOST_TEST((far->peer() == net.client->key.id()));
  BOOST_TEST(near->outgoing());
  BOOST_TEST((near->use() == purpose::control));
  BOOST_TEST(near->remote_address().port() == net.door->port());
  BOOST_TEST(near->epoch() == 1u);
  BOOST_TEST(near->version() == 1);
  BOOST_TEST(near->age() < longest_link_age);
  BOOST_REQUIRE(near->send(frame_of("question")));
  BOOST_TEST(as_text(net.receive(far).value()) == "question");
  BOOST_REQUIRE(far->send(frame_of("answer")));
  BOOST_REQUIRE(far->send({}));
  BOOST_TEST(as_text(net.receive(near).value()) == "answer");
  BOOST_TEST(net.receive(near).value().empty());
  BOOST_TEST(near->received_bytes() == 6u);
  BOOST_TEST(near->sent_bytes() == 12u);
}

BOOST_AUTO_TEST_CASE(a_frame_of_ten_megabytes_and_thousands_of_small_ones) {
  network net;
  auto [near, far] = net.connect();
  bytes large(10 * 1024 * 1024);
  system_random().fill(large);
  BOOST_REQUIRE(near->send(large));
  BOOST_TEST((net.receive(far).value() == large));
  // Above 2,000 records, so that both sides have changed keys twice.
  for (int i = 0; i < 2500; ++i) {
    BOOST_REQUIRE(far->send(bytes(100, static_cast<std::uint8_t>(i))));
    BOOST_REQUIRE((net.receive(near).value() == bytes(100, static_cast<std::uint8_t>(i))));
  }
}

BOOST_AUTO_TEST_CASE(any_thread_may_send) {
  network net;
  auto [near, far] = net.connect();
  net.io.restart();
  const auto guard = asio::make_work_guard(net.io);
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i)
    threads.emplace_back([&net] { net.io.run(); });
  constexpr int each = 500;
  for (std::uint8_t sender = 0; sender < 3; ++sender) {
    threads.emplace_back([link = near, sender] {
      for (int i = 0; i < each; ++i) {
        while (!link->send(bytes(1 + i % 300, sender)))
          std::this_thread::yield();
      }
    });
  }
  auto count = [](link_ptr link) -> awaitable<int> {
    int frames = 0;
    while (frames < 3 * each && co_await link->receive_frame(soon))
      ++frames;
    co_return frames;
  };
  auto received = asio::co_spawn(far->executor(), count(far), asio::use_future);
  BOOST_TEST(received.get() == 3 * each);
  near->close();
  net.io.stop();
  for (auto& thread : threads)
    thread.join();
}

BOOST_AUTO_TEST_CASE(a_deadline_leaves_the_link_usable) {
  network net;
  auto [near, far] = net.connect();
  check_error(net.receive(near, milliseconds(30)), hearth::errc::timed_out);
  BOOST_TEST(!near->closed());
  BOOST_REQUIRE(far->send(frame_of("late")));
  BOOST_TEST(as_text(net.receive(near).value()) == "late");
}

BOOST_AUTO_TEST_CASE(closing_is_seen_by_both) {
  network net;
  auto [near, far] = net.connect();
  BOOST_REQUIRE(near->send(frame_of("last words")));
  BOOST_REQUIRE(net.run(near->flush(soon)));
  near->close(link_errc::not_member);
  near->close(link_errc::closed);
  BOOST_TEST(as_text(net.receive(far).value()) == "last words");
  check_error(net.receive(far), link_errc::closed);
  check_error(net.receive(near), link_errc::not_member);
  check_error(near->reason(), link_errc::not_member);  // the first reason stays
  check_error(near->send({}), link_errc::closed);
  check_error(net.run(near->flush(soon)), link_errc::closed);
  check_error(net.run(near->send_when_room({}, soon)), link_errc::closed);
}

BOOST_AUTO_TEST_CASE(closing_ends_a_wait) {
  network net;
  auto [near, far] = net.connect();
  asio::post(net.io, [link = near] { link->close(); });
  check_error(net.receive(near), link_errc::closed);
}

BOOST_AUTO_TEST_CASE(a_group_that_is_cancelled_closes_its_links) {
  network net;
  auto [near, far] = net.connect();
  net.tasks.cancel();
  BOOST_TEST(net.until([link = near] { return link->closed(); }));
}

BOOST_AUTO_TEST_CASE(a_full_queue_refuses_and_waits_for_room) {
  network net;
  net.client->limits.queue_bytes = 1'000'000;
  auto [near, far] = net.connect();
  std::size_t queued = 0;
  result<void> sent;
  while ((sent = near->send(bytes(100'000, 1))))
    ++queued;
  check_error(sent, link_errc::queue_full);
  BOOST_TEST(queued == 9u);
  BOOST_TEST(near->queued_bytes() <= 1'000'000u);
  // The other end does not read: the kernel's buffers fill, then the queue stays full.
  while ((sent = net.run(near->send_when_room(bytes(100'000, 2), milliseconds(200)))))
    ++queued;
  check_error(sent, hearth::errc::timed_out);
  for (; queued > 0; --queued)
    BOOST_REQUIRE(net.receive(far));
  BOOST_TEST(net.run(near->flush(soon)).has_value());
  BOOST_TEST(near->queued_bytes() == 0u);
  check_error(net.run(near->send_when_room(bytes(1'000'000), soon)), link_errc::queue_full);
}

BOOST_AUTO_TEST_CASE(a_peer_that_takes_nothing_is_cut_off) {
  network net;
  net.client->limits.write_deadline = milliseconds(200);
  auto [near, far] = net.connect();
  while (near->send(bytes(4'000'000, 1))) {
  }
  BOOST_TEST(net.until([link = near] { return link->closed(); }));
  check_error(near->reason(), hearth::errc::timed_out);
}

BOOST_AUTO_TEST_CASE(frames_above_the_limit) {
  network net;
  net.server->limits.frame_bytes = 1000;
  auto [near, far] = net.connect();
  check_error(far->send(bytes(1001)), link_errc::frame_too_large);
  check_error(net.run(far->send_when_room(bytes(1001), soon)), link_errc::frame_too_large);
  BOOST_REQUIRE(near->send(bytes(1001)));  // this side would allow it
  check_error(net.receive(far), link_errc::frame_too_large);
  BOOST_TEST(far->closed());
}

BOOST_AUTO_TEST_CASE(a_changed_record_ends_the_link) {
  tapped line;
  line.between->flip = true;
  BOOST_REQUIRE(line.near->send(frame_of("pay 1")));
  check_error(line.net.receive(line.far), link_errc::tampered);
  check_error(line.far->reason(), link_errc::tampered);
}

BOOST_AUTO_TEST_CASE(a_replayed_record_ends_the_link) {
  tapped line;
  line.between->twice = true;
  BOOST_REQUIRE(line.near->send(frame_of("pay 1")));
  const auto first = line.net.receive(line.far);
  if (first) check_error(line.net.receive(line.far), link_errc::tampered);
  check_error(line.far->reason(), link_errc::tampered);
}

BOOST_AUTO_TEST_CASE(an_impossible_length_ends_the_link) {
  tapped line;
  line.net.run([](tcp::socket& to) -> awaitable<result<void>> {
    const std::array<std::uint8_t, 2> length{0xff, 0xff};
    co_await asio::async_write(to, asio::buffer(length), token);
    co_return result<void>{};
  }(*line.between->far_));
  check_error(line.net.receive(line.far), link_errc::bad_record);
}

BOOST_AUTO_TEST_CASE(an_end_in_the_middle_is_told_from_a_close) {
  tapped line;
  line.net.run([](tcp::socket& to) -> awaitable<result<void>> {
    const std::array<std::uint8_t, 5> start{0x01, 0x00, 1, 2, 3};
    co_await asio::async_write(to, asio::buffer(start), token);
    to.close();
    co_return result<void>{};
  }(*line.between->far_));
  check_error(line.net.receive(line.far), link_errc::cut_short);
}

BOOST_AUTO_TEST_SUITE_END()
