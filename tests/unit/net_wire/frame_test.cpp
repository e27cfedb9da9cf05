// Frames: what one node says, the other understands; what a hostile one says costs nothing.
#include <boost/test/unit_test.hpp>

#include "log_fixture.hpp"
#include "net/wire/presence.hpp"

namespace hearth::wire {
namespace {

std::vector<message> examples() {
  node_id node;
  node.key.fill(5);
  const logs::log_key log{node, 77};
  logs::memory_node author(1);
  author.append("hello");
  const auto run = *author.store->read_run(author.store->own_log(), {1}, 1000);
  return {hello{1, 3, "küche", "0.1.0", {"fetch", "presence"}},
          digest{{1, 2, 3}},
          versions{true, {{log, {9}, 123, false}, {log, {4}, 0, true}}},
          versions{},
          want{{{log, {4}}, {log, {5}}}},
          entries{run},
          entries{run, true},
          ack{log, {8}},
          make_presence(author.key, milliseconds(1'000'000), milliseconds(5'000), "live", {1}),
          ping{~std::uint64_t{0}},
          pong{1},
          fetch_request{5, "image", "abc/thumb", 1 << 20, 65536},
          fetch_response{5, fetch_status::busy, 99, {1, 2}, "later"},
          bye{"shutting down"},
          unknown_message{200}};
}

error_code error_of(const bytes& frame) {
  return decode_frame(frame).error();
}

BOOST_AUTO_TEST_SUITE(frames)

BOOST_AUTO_TEST_CASE(every_message_is_read_back) {
  for (const auto& content : examples()) {
    const auto back = decode_frame(encode_frame(content));
    BOOST_REQUIRE(back);
    BOOST_TEST((*back == content));
  }
}

BOOST_AUTO_TEST_CASE(every_cut_and_every_addition_is_refused) {
  for (const auto& content : examples()) {
    if (std::holds_alternative<unknown_message>(content)) continue;
    auto frame = encode_frame(content);
    for (std::size_t size = 0; size < frame.size(); ++size) {
      BOOST_TEST(!decode_frame(byte_view(frame).first(size)));
    }
    frame.push_back(0);
    // Only hello may grow: it comes before the version is agreed.
    BOOST_TEST(decode_frame(frame).has_value() == std::holds_alternative<hello>(content));
  }
}

BOOST_AUTO_TEST_CASE(a_frame_of_a_newer_peer_is_skipped) {
  const auto back = decode_frame(bytes{99, 1, 2, 3});
  BOOST_REQUIRE(back);
  BOOST_TEST((std::get<unknown_message>(*back).type == 99));
}

BOOST_AUTO_TEST_CASE(texts_are_checked) {
  BOOST_TEST((error_of(encode_frame(bye{"two\nlines"})) == errc::bad_text));
  BOOST_TEST((error_of(encode_frame(bye{"\x1b[2J"})) == errc::bad_text));
  BOOST_TEST((error_of(encode_frame(bye{"\xff"})) == errc::bad_text));
  BOOST_TEST((error_of(encode_frame(bye{std::string(201, 'x')})) == errc::too_large));
  BOOST_TEST((error_of(encode_frame(hello{1, 1, std::string(65, 'x')})) == errc::too_large));
}

BOOST_AUTO_TEST_CASE(limits_hold) {
  hello chatty;
  chatty.capabilities.resize(33);
  BOOST_TEST((error_of(encode_frame(chatty)) == errc::too_many));
  want greedy;
  greedy.items.resize(65, {{}, {1}});
  BOOST_TEST((error_of(encode_frame(greedy)) == errc::too_many));
  fetch_response large;
  large.body.resize(max_fetch_body_bytes + 1);
  BOOST_TEST((error_of(encode_frame(large)) == errc::too_large));
  fetch_request far;
  far.length = max_fetch_body_bytes + 1;
  BOOST_TEST((error_of(encode_frame(far)) == errc::too_large));
  presence noisy;
  noisy.body.resize(max_presence_bytes + 1);
  BOOST_TEST((error_of(encode_frame(noisy)) == errc::too_large));
  presence lasting;
  lasting.lifetime_ms = 60'001;
  BOOST_TEST((error_of(encode_frame(lasting)) == errc::too_large));
  BOOST_TEST((error_of(bytes(max_frame_bytes + 1, 99)) == errc::too_large));
  BOOST_TEST((error_of({}) == errc::malformed));
}

BOOST_AUTO_TEST_CASE(a_count_larger_than_the_frame_allocates_nothing) {
  BOOST_TEST((error_of({3, 1, 0, 1, 0x80, 0}) == errc::malformed));  // 98,304 summaries
  BOOST_TEST((error_of({3, 1, 0xff, 0xff, 0xff, 0xff}) == errc::too_many));
}

BOOST_AUTO_TEST_CASE(values_out_of_range_are_refused) {
  BOOST_TEST((error_of({3, 2, 0, 0, 0, 0}) == errc::malformed));  // a flag of 2
  BOOST_TEST((error_of(encode_frame(want{{{{}, {0}}}})) == errc::malformed));
  BOOST_TEST((error_of(encode_frame(hello{3, 1})) == errc::malformed));
  auto response = encode_frame(fetch_response{});
  response[9] = 5;
  BOOST_TEST((error_of(response) == errc::malformed));
  BOOST_TEST((error_of({5, 0, 0, 0, 0, 9, 1}) == errc::malformed));  // another size than announced
}

BOOST_AUTO_TEST_CASE(the_newest_common_protocol_is_spoken) {
  BOOST_TEST(*common_protocol(hello{1, 3}, hello{2, 5}) == 3);
  BOOST_TEST(*common_protocol(hello{1, 1}, hello{1, 1}) == 1);
  BOOST_TEST((common_protocol(hello{1, 1}, hello{2, 3}).error() == errc::incompatible));
}

BOOST_AUTO_TEST_CASE(every_error_has_words) {
  for (int value = 1; value <= static_cast<int>(errc::expired); ++value) {
    BOOST_TEST(wire_category().message(value) != "unknown error");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace hearth::wire
