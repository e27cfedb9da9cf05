#include "store/log/entry.hpp"

#include <boost/test/unit_test.hpp>

#include "log_fixture.hpp"

namespace hearth::logs {
namespace {

entry_header example() {
  entry_header header;
  header.in = space::local;
  header.log.author.key.fill(0x11);
  header.log.incarnation = 0x0102030405060708;
  header.seq = {9};
  header.hlc = 10;
  header.previous.fill(0x22);
  header.kind = 0x0304;
  header.payload_size = 5;
  header.payload_hash.fill(0x33);
  return header;
}

BOOST_AUTO_TEST_SUITE(entry_format)

BOOST_AUTO_TEST_CASE(the_header_has_the_documented_bytes) {
  const auto hex = to_hex(encode_header(example()));
  BOOST_TEST(hex.size() == header_bytes * 2);
  BOOST_TEST(hex.substr(0, 4) == "0102");
  BOOST_TEST(hex.substr(68, 48) ==
             "0102030405060708"
             "0000000000000009"
             "000000000000000a");
  BOOST_TEST(hex.substr(180, 12) == "030400000005");
}

BOOST_AUTO_TEST_CASE(a_header_is_read_back) {
  const auto back = decode_header(encode_header(example()));
  BOOST_REQUIRE(back);
  BOOST_TEST((*back == example()));
}

BOOST_AUTO_TEST_CASE(what_is_not_a_header_is_refused) {
  const auto good = encode_header(example());
  BOOST_TEST((decode_header(byte_view(good).first(127)).error() == errc::malformed));
  for (const std::size_t at : {0u, 1u}) {  // version, space
    auto bad = good;
    bad[at] = 9;
    BOOST_TEST((decode_header(bad).error() == errc::malformed));
  }
  auto zero = example();
  zero.seq = {0};
  BOOST_TEST((decode_header(encode_header(zero)).error() == errc::malformed));
  auto huge = example();
  huge.payload_size = max_payload_bytes + 1;
  BOOST_TEST((decode_header(encode_header(huge)).error() == errc::malformed));
}

BOOST_AUTO_TEST_CASE(every_error_has_words) {
  for (int value = 1; value <= static_cast<int>(errc::io_failed); ++value) {
    BOOST_TEST(log_category().message(value) != "unknown error");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace hearth::logs
