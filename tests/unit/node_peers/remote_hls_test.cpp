#include "node/peers/remote_hls.hpp"

#include "bulk_network.hpp"
#include "memory_node.hpp"

using namespace hearth::peers_test;
using hearth::bytes;
using hearth::milliseconds;
using hearth::transport_test::check_error;

namespace {

struct viewing_node : bulk_network {
  viewing_node() : hls(fetcher, io.get_executor(), time, 64u << 20) {}
  hearth::result<hls_answer> get(const bulk_server& from, const std::string& name) {
    return run(hls.get(from.id(), name));
  }
  hearth::journal_test::manual_clock time;
  remote_hls hls;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(hls_of_other_nodes)

// Ten people in one room watch a friend's stream: his upstream carries it once.
BOOST_AUTO_TEST_CASE(many_viewers_cost_one_fetch) {
  viewing_node node;
  auto& owner = node.add_server();
  owner.source.things["hls id/seg-1.m4s"] = bytes(5000, 7);
  owner.source.pause = milliseconds(100);
  int good = 0;
  for (int i = 0; i < 10; ++i) {
    auto on_end = [&good](std::exception_ptr, hearth::result<hls_answer> got) {
      if (got && got->body->size() == 5000) ++good;
    };
    boost::asio::co_spawn(node.io, node.hls.get(owner.id(), "id/seg-1.m4s"), std::move(on_end));
  }
  BOOST_TEST(node.until([&good] { return good == 10; }));
  BOOST_TEST(owner.source.asked.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_segment_is_kept_and_a_playlist_soon_old) {
  viewing_node node;
  auto& owner = node.add_server();
  owner.source.things["hls id/seg-1.m4s"] = bytes(10, 7);
  owner.source.things["hls id/live.m3u8?x=1"] = bytes(10, 8);
  BOOST_TEST(!node.get(owner, "id/seg-1.m4s")->playlist);
  BOOST_TEST(node.get(owner, "id/live.m3u8?x=1")->playlist);
  node.time.now += milliseconds(299);
  BOOST_REQUIRE(node.get(owner, "id/live.m3u8?x=1"));
  BOOST_TEST(owner.source.asked.size() == 2u);
  node.time.now += milliseconds(2);
  BOOST_REQUIRE(node.get(owner, "id/live.m3u8?x=1"));
  BOOST_REQUIRE(node.get(owner, "id/seg-1.m4s"));
  BOOST_TEST(owner.source.asked.size() == 3u);
  node.time.now += std::chrono::seconds(61);
  BOOST_REQUIRE(node.get(owner, "id/seg-1.m4s"));
  BOOST_TEST(owner.source.asked.size() == 4u);
}

BOOST_AUTO_TEST_CASE(a_failure_is_not_kept) {
  viewing_node node;
  auto& owner = node.add_server();
  check_error(node.get(owner, "id/seg-2.m4s"), hearth::peers::errc::not_there);
  owner.source.things["hls id/seg-2.m4s"] = bytes(10, 7);
  BOOST_TEST(node.get(owner, "id/seg-2.m4s").has_value());
}

BOOST_AUTO_TEST_CASE(a_large_segment_comes_in_steps) {
  viewing_node node;
  auto& owner = node.add_server();
  bytes large(2'500'000);
  for (std::size_t i = 0; i < large.size(); ++i)
    large[i] = static_cast<std::uint8_t>(i * 31 >> 4);
  owner.source.things["hls id/seg-3.m4s"] = large;
  const auto got = node.get(owner, "id/seg-3.m4s");
  BOOST_REQUIRE(got);
  BOOST_TEST((*got->body == large));
  BOOST_TEST(owner.source.asked.size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_liar_about_sizes_is_given_up) {
  viewing_node node;
  auto& owner = node.add_server();
  owner.source.things["hls id/seg-4.m4s"] = bytes(10, 7);
  owner.source.total = 1ull << 40;
  check_error(node.get(owner, "id/seg-4.m4s"), hearth::peers::errc::broken_answer);
  owner.source.total = 5'000;
  check_error(node.get(owner, "id/seg-4.m4s"), hearth::peers::errc::broken_answer);
}

BOOST_AUTO_TEST_SUITE_END()
