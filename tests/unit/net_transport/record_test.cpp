#include "net/transport/record.hpp"

#include "parties.hpp"

using namespace hearth;
using namespace hearth::transport_test;
using link_errc = transport::errc;

namespace {

constexpr std::size_t frame_limit = 1 << 20;

struct line {
  noise::secret32 key{system_random().key()};
  record_writer writer{noise::cipher_state(key)};
  record_reader reader{noise::cipher_state(key), frame_limit};

  bytes sealed(byte_view content) {
    bytes out;
    BOOST_REQUIRE(writer.seal(content, out));
    return out;
  }
  bytes sealed_frame(std::size_t size, std::uint8_t fill) {
    byte_writer out;
    out.sized(bytes(size, fill));
    return sealed(out.view());
  }
  void expect_frame(std::size_t size, std::uint8_t fill) {
    const auto frame = reader.next_frame();
    BOOST_REQUIRE(frame.has_value());
    BOOST_REQUIRE(frame->has_value());
    BOOST_TEST((**frame == bytes(size, fill)));
  }
  void expect_none() {
    const auto frame = reader.next_frame();
    BOOST_REQUIRE(frame.has_value());
    BOOST_TEST(!frame->has_value());
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(records)

BOOST_AUTO_TEST_CASE(frames_of_all_sizes_pass) {
  line both;
  for (std::size_t size : {0, 1, 4, 16363, 16364, 16365, 16368, 16369, 40000, 1 << 20}) {
    BOOST_REQUIRE(both.reader.feed(both.sealed_frame(size, 0xab)));
    both.expect_frame(size, 0xab);
    both.expect_none();
    BOOST_TEST(!both.reader.inside());
  }
}

BOOST_AUTO_TEST_CASE(bytes_may_come_one_by_one_and_many_frames_at_once) {
  line both;
  for (auto byte : both.sealed_frame(300, 1))
    BOOST_REQUIRE(both.reader.feed({&byte, 1}));
  both.expect_frame(300, 1);
  byte_writer many;
  for (std::uint8_t i = 0; i < 50; ++i)
    many.sized(bytes(i, i));
  BOOST_REQUIRE(both.reader.feed(both.sealed(many.view())));
  for (std::uint8_t i = 0; i < 50; ++i)
    both.expect_frame(i, i);
  both.expect_none();
}

BOOST_AUTO_TEST_CASE(an_end_inside_is_noticed) {
  line both;
  const auto whole = both.sealed_frame(20000, 1);
  BOOST_REQUIRE(both.reader.feed(byte_view(whole).first(100)));
  BOOST_TEST(both.reader.inside());  // half a record
  BOOST_REQUIRE(both.reader.feed(byte_view(whole).subspan(100, largest_record + 2 - 100)));
  both.expect_none();
  BOOST_TEST(both.reader.inside());  // half a frame
}

BOOST_AUTO_TEST_CASE(no_record_is_above_its_limit) {
  line both;
  const auto out = both.sealed(bytes(100'000, 1));
  for (std::size_t at = 0; at < out.size();) {
    const auto length = static_cast<std::size_t>(out[at]) << 8 | out[at + 1];
    BOOST_TEST(length <= largest_record);
    at += 2 + length;
  }
}

BOOST_AUTO_TEST_CASE(impossible_lengths_are_refused_before_anything_is_kept) {
  for (std::uint16_t length : {0, 1, 16, 16385, 65535}) {
    line both;
    const bytes prefix{static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)};
    check_error(both.reader.feed(prefix), link_errc::bad_record);
  }
}

BOOST_AUTO_TEST_CASE(changed_replayed_and_swapped_records_are_noticed) {
  {
    line both;
    auto record = both.sealed_frame(100, 1);
    record[50] ^= 1;
    check_error(both.reader.feed(record), link_errc::tampered);
  }
  {
    line both;
    const auto record = both.sealed_frame(100, 1);
    BOOST_REQUIRE(both.reader.feed(record));
    check_error(both.reader.feed(record), link_errc::tampered);
  }
  {
    line both;
    const auto first = both.sealed_frame(100, 1);
    const auto second = both.sealed_frame(100, 2);
    check_error(both.reader.feed(second), link_errc::tampered);
  }
}

BOOST_AUTO_TEST_CASE(a_frame_above_the_limit_is_refused_by_its_length) {
  line both;
  byte_writer out;
  out.u32(frame_limit + 1);
  BOOST_REQUIRE(both.reader.feed(both.sealed(out.view())));
  check_error(both.reader.next_frame(), link_errc::frame_too_large);
}

BOOST_AUTO_TEST_CASE(keys_change_every_thousand_messages) {
  line both;
  noise::cipher_state without_rekey(both.key);
  for (int i = 0; i < 2500; ++i) {
    const auto record = both.sealed_frame(10, 3);
    bytes plain;
    const auto opened = without_rekey.decrypt({}, byte_view(record).subspan(2), plain);
    BOOST_REQUIRE_EQUAL(opened.has_value(), i < 1000);
    BOOST_REQUIRE(both.reader.feed(record));
    both.expect_frame(10, 3);
  }
}

BOOST_AUTO_TEST_CASE(a_counter_that_is_used_up_ends_the_link) {
  noise::cipher_state last{noise::secret32(system_random().key())};
  last.set_nonce(~std::uint64_t{0});
  record_writer writer(last);
  bytes out;
  check_error(writer.seal(bytes(1), out), link_errc::closed);
}

BOOST_AUTO_TEST_SUITE_END()
