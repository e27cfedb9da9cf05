#include "store/base/bytes.hpp"

#include <boost/test/unit_test.hpp>

#include "store/base/hash.hpp"
#include "store/base/signing.hpp"

using hearth::errc;

BOOST_AUTO_TEST_SUITE(bytes)

BOOST_AUTO_TEST_CASE(integers_are_big_endian_and_bounded) {
  hearth::byte_writer writer;
  writer.u8(1);
  writer.u16(0x0203);
  writer.u24(0x040506);
  writer.u64(0x0708090a0b0c0d0e);
  BOOST_TEST(hearth::to_hex(writer.view()) == "0102030405060708090a0b0c0d0e");
  hearth::byte_reader reader(writer.view());
  BOOST_TEST(*reader.u8() == 1);
  BOOST_TEST(*reader.u16() == 0x0203);
  BOOST_TEST(*reader.u24() == 0x040506u);
  BOOST_TEST(*reader.u64() == 0x0708090a0b0c0d0eu);
  BOOST_TEST((reader.u8().error() == errc::truncated));
}

BOOST_AUTO_TEST_CASE(a_sized_field_above_its_limit_is_refused) {
  hearth::byte_writer writer;
  writer.sized(hearth::as_bytes("hello"));
  hearth::byte_reader reader(writer.view());
  BOOST_TEST((reader.sized(4).error() == errc::too_large));
}

BOOST_AUTO_TEST_CASE(after_a_failed_read_nothing_can_be_read) {
  const hearth::bytes data{1, 2, 3};
  hearth::byte_reader reader(data);
  BOOST_TEST((reader.u64().error() == errc::truncated));
  BOOST_TEST((reader.u8().error() == errc::truncated));
  BOOST_TEST((reader.raw(0).error() == errc::truncated));
  BOOST_TEST(!reader.empty());
}

BOOST_AUTO_TEST_CASE(hex_and_base32_round_trip_and_refuse_other_text) {
  const hearth::bytes data{0, 1, 2, 0xfe, 0xff};
  BOOST_TEST((*hearth::from_hex(hearth::to_hex(data)) == data));
  BOOST_TEST((*hearth::from_base32(hearth::to_base32(data)) == data));
  BOOST_TEST(hearth::to_base32(hearth::as_bytes("foobar")) == "mzxw6ytboi");
  BOOST_TEST(hearth::to_base64(hearth::as_bytes("foob")) == "Zm9vYg==");
  BOOST_TEST(hearth::to_base64(hearth::as_bytes("fooba")) == "Zm9vYmE=");
  BOOST_TEST((hearth::from_hex("0g").error() == errc::malformed));
  BOOST_TEST((hearth::from_base32("MZ").error() == errc::malformed));
  BOOST_TEST((hearth::from_base32("mz1").error() == errc::malformed));
}

BOOST_AUTO_TEST_CASE(utf8_is_checked_strictly) {
  BOOST_TEST(hearth::is_utf8("plain, \xc3\xa9, \xe2\x82\xac, \xf0\x9f\x94\xa5"));
  BOOST_TEST(!hearth::is_utf8("\xc0\x80"));
  BOOST_TEST(!hearth::is_utf8("\xed\xa0\x80"));
  BOOST_TEST(!hearth::is_utf8("\xf4\x90\x80\x80"));
  BOOST_TEST(!hearth::is_utf8("\xe2\x82"));
}

BOOST_AUTO_TEST_CASE(blake2b_matches_a_known_value) {
  BOOST_TEST(hearth::to_hex(hearth::blake2b({})) ==
             "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

BOOST_AUTO_TEST_CASE(a_signature_of_another_message_is_refused) {
  const auto key = hearth::signing_key::generate(hearth::system_random());
  const auto signed_with = key.sign(hearth::as_bytes("one"));
  BOOST_TEST(hearth::verify(key.id(), hearth::as_bytes("one"), signed_with).has_value());
  BOOST_TEST((hearth::verify(key.id(), hearth::as_bytes("two"), signed_with).error() ==
              errc::bad_signature));
  BOOST_TEST((*hearth::node_id::parse(key.id().text()) == key.id()));
  BOOST_TEST(key.id().text().size() == 52u);
}

BOOST_AUTO_TEST_SUITE_END()
