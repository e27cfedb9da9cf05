#include "media/live/stream_ring.hpp"

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>
#include <future>
#include <thread>

#include "samples.hpp"
#include "store/base/task_group.hpp"

using namespace hearth::live;
using namespace hearth::live::test;
using hearth::awaitable;
using hearth::milliseconds;
using hearth::result;
namespace asio = boost::asio;

namespace {

/// A ring with both tracks and nothing else yet.
std::shared_ptr<stream_ring> ring_with_tracks(ring_limits limits = {}) {
  auto ring = std::make_shared<stream_ring>(limits);
  ring->on_config(video_track());
  ring->on_config(audio_track());
  return ring;
}

/// "V640" for a configuration, "A" for the audio one, "k40" or "v80" for video, "a100" for audio.
std::string describe(const std::vector<ring_item>& items) {
  std::string out;
  for (const auto& item : items) {
    if (!out.empty()) out += ' ';
    if (const auto* config = std::get_if<shared_config>(&item)) {
      out += (*config)->kind == track_kind::video ? "V" + std::to_string((*config)->width) : "A";
      continue;
    }
    const auto& each = std::get<packet>(item);
    const char* sign = each.kind == track_kind::audio ? "a" : each.key_frame ? "k" : "v";
    out += sign + std::to_string(each.dts_ms);
  }
  return out;
}

std::string read_all(ring_cursor& cursor) {
  std::vector<ring_item> items;
  const auto got = cursor.try_read(items, 1000);
  return got ? describe(items) : got.error().message();
}

struct reading {
  std::vector<ring_item> items;
  hearth::error_code error;
};

awaitable<reading> read_until_end(std::shared_ptr<stream_ring> ring, milliseconds wait) {
  auto cursor = ring->join(co_await asio::this_coro::executor);
  reading out;
  while (!out.error) {
    const auto got = co_await cursor.read(out.items, 16, wait);
    if (!got) out.error = got.error();
  }
  co_return out;
}

awaitable<std::size_t> read_once(std::shared_ptr<stream_ring> ring, milliseconds wait) {
  auto cursor = ring->join(co_await asio::this_coro::executor);
  std::vector<ring_item> items;
  const auto got = co_await cursor.read(items, 16, wait);
  co_return got ? *got : 999;
}

awaitable<void> wait_for_ever(std::shared_ptr<stream_ring> ring, std::atomic<bool>& left) {
  co_await asio::this_coro::throw_if_cancelled(false);
  (void)co_await read_once(ring, std::chrono::hours(1));
  left = true;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stream_rings)

BOOST_AUTO_TEST_CASE(a_newcomer_starts_at_the_kept_key_frame_with_the_configurations) {
  asio::io_context context;
  auto ring = ring_with_tracks();
  auto early = ring->join(context.get_executor());
  BOOST_TEST(read_all(early) == "");
  ring->on_packet(video_packet(0, true));
  ring->on_packet(audio_packet(10));
  ring->on_packet(video_packet(40));
  BOOST_TEST(read_all(early) == "V640 A k0 a10 v40");
  BOOST_TEST(read_all(early) == "");
  ring->on_packet(video_packet(80, true));
  ring->on_packet(video_packet(120));
  auto late = ring->join(context.get_executor());
  BOOST_TEST(read_all(late) == "V640 A k80 v120");
  BOOST_TEST(read_all(early) == "k80 v120");
  BOOST_TEST(ring->configs().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_configuration_that_changes_reaches_each_consumer_at_its_place) {
  asio::io_context context;
  auto ring = ring_with_tracks();
  ring->on_packet(video_packet(0, true));
  ring->on_config(video_track(1280, 2));
  auto between = ring->join(context.get_executor());
  ring->on_packet(video_packet(40, true));
  BOOST_TEST(read_all(between) == "V1280 A k40");
  auto early = ring->join(context.get_executor());
  ring->on_config(video_track(320, 3));
  ring->on_packet(video_packet(80));
  BOOST_TEST(read_all(early) == "V1280 A k40 V320 v80");
}

BOOST_AUTO_TEST_CASE(a_stream_of_audio_alone_starts_anywhere) {
  asio::io_context context;
  auto ring = std::make_shared<stream_ring>();
  ring->on_config(audio_track());
  ring->on_packet(audio_packet(0));
  ring->on_packet(audio_packet(20));
  auto cursor = ring->join(context.get_executor());
  BOOST_TEST(read_all(cursor) == "A a20");
}

BOOST_AUTO_TEST_CASE(reads_are_as_long_as_asked) {
  asio::io_context context;
  auto ring = ring_with_tracks();
  for (int i = 0; i < 5; ++i)
    ring->on_packet(video_packet(i * 40, i == 0));
  auto cursor = ring->join(context.get_executor());
  std::vector<ring_item> items;
  BOOST_TEST(*cursor.try_read(items, 2) == 4u);  // and the two configurations
  BOOST_TEST(*cursor.try_read(items, 2) == 2u);
  BOOST_TEST(*cursor.try_read(items, 2) == 1u);
  BOOST_TEST(*cursor.try_read(items, 2) == 0u);
}

BOOST_AUTO_TEST_CASE(a_consumer_that_falls_behind_is_told_and_can_rejoin) {
  asio::io_context context;
  ring_limits limits;
  limits.slack = milliseconds(100);
  auto ring = ring_with_tracks(limits);
  ring->on_packet(video_packet(0, true));
  auto slow = ring->join(context.get_executor());
  BOOST_TEST(read_all(slow) == "V640 A k0");
  for (int i = 1; i <= 20; ++i)
    ring->on_packet(video_packet(i * 40, i % 5 == 0));
  std::vector<ring_item> items;
  BOOST_TEST((slow.try_read(items, 10).error() == errc::lagged));
  BOOST_TEST(items.empty());
  slow.rejoin();
  BOOST_TEST(read_all(slow) == "V640 A k800");
}

BOOST_AUTO_TEST_CASE(what_is_kept_is_bounded_by_bytes_and_by_time) {
  asio::io_context context;
  ring_limits limits;
  limits.max_bytes = 10'000;
  auto ring = ring_with_tracks(limits);
  for (int i = 0; i < 100; ++i)
    ring->on_packet(video_packet(i * 40, i == 0, 1000));
  BOOST_TEST(ring->kept_bytes() <= 10'000u);
  // The key frame is gone: a newcomer waits for the next.
  auto cursor = ring->join(context.get_executor());
  BOOST_TEST(read_all(cursor) == "");
  ring->on_packet(video_packet(4000, true));
  BOOST_TEST(read_all(cursor) == "V640 A k4000");

  ring_limits brief;
  brief.max_span = milliseconds(1000);
  auto timed = ring_with_tracks(brief);
  for (int i = 0; i < 100; ++i)
    timed->on_packet(video_packet(i * 40, i == 0));
  BOOST_TEST(timed->kept_bytes() < 27u * 228u);
}

BOOST_AUTO_TEST_CASE(the_end_is_told_after_the_rest_was_read) {
  asio::io_context context;
  auto ring = ring_with_tracks();
  auto waiting = ring->join(context.get_executor());
  ring->on_packet(video_packet(0, true));
  ring->on_end(end_reason::lost, "cut");
  ring->on_packet(video_packet(40));  // after the end: not taken
  ring->on_end(end_reason::finished, "again");
  BOOST_TEST(read_all(waiting) == "V640 A k0");
  std::vector<ring_item> items;
  BOOST_TEST((waiting.try_read(items, 10).error() == errc::ended));
  BOOST_REQUIRE(ring->ended().has_value());
  BOOST_TEST((ring->ended()->reason == end_reason::lost));
  BOOST_TEST(ring->ended()->text == "cut");
  auto empty = std::make_shared<stream_ring>();
  empty->on_end(end_reason::failed, "");
  auto late = empty->join(context.get_executor());
  BOOST_TEST((late.try_read(items, 10).error() == errc::ended));
  BOOST_TEST(live_category().message(1) != live_category().message(2));
}

BOOST_AUTO_TEST_CASE(a_read_without_news_ends_at_its_limit) {
  asio::io_context context;
  auto ring = ring_with_tracks();
  auto got = asio::co_spawn(context, read_once(ring, milliseconds(20)), asio::use_future);
  context.run();
  BOOST_TEST(got.get() == 0u);
  BOOST_TEST(ring->cursors_waiting() == 0u);
}

BOOST_AUTO_TEST_CASE(a_waiting_read_ends_when_its_task_is_cancelled) {
  asio::io_context context;
  auto ring = ring_with_tracks();
  hearth::task_group tasks("test", 1);
  std::atomic<bool> left = false;
  BOOST_REQUIRE(tasks.spawn(asio::make_strand(context), "reader", wait_for_ever(ring, left)));
  context.poll();
  BOOST_TEST(ring->cursors_waiting() == 1u);
  tasks.cancel();
  context.run();
  BOOST_TEST(left);
  BOOST_TEST(ring->cursors_waiting() == 0u);
}

BOOST_AUTO_TEST_CASE(many_consumers_on_many_threads_each_get_everything_in_order) {
  constexpr int consumers = 20;
  constexpr int frames = 3000;
  asio::io_context context;
  auto ring = ring_with_tracks();
  ring->on_packet(video_packet(0, true));
  std::vector<std::future<reading>> readings;
  for (int i = 0; i < consumers; ++i) {
    readings.push_back(asio::co_spawn(asio::make_strand(context),
                                      read_until_end(ring, milliseconds(5000)), asio::use_future));
  }
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&context] { context.run(); });
  }
  while (ring->cursors_waiting() < consumers)
    std::this_thread::yield();
  for (int i = 1; i < frames; ++i) {
    ring->on_packet(video_packet(i));
    if (i % 64 == 0) std::this_thread::sleep_for(milliseconds(1));
  }
  ring->on_end(end_reason::finished, "");
  for (auto& thread : threads)
    thread.join();
  for (auto& each : readings) {
    const auto got = each.get();
    BOOST_TEST((got.error == errc::ended));
    BOOST_REQUIRE(got.items.size() == 2u + frames);
    for (int i = 0; i < frames; ++i) {
      BOOST_REQUIRE(std::get<packet>(got.items[static_cast<std::size_t>(i) + 2]).dts_ms == i);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
