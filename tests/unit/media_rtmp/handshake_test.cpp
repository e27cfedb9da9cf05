#include "media/rtmp/handshake.hpp"

#include <boost/test/unit_test.hpp>

#include "media/rtmp/handshake_digest.hpp"
#include "scripted_client.hpp"

using namespace hearth::rtmp;
using namespace hearth::rtmp::test;
using hearth::byte_view;
using hearth::bytes;

namespace {

bytes digest_opening(digest_place place) {
  bytes block(handshake_block_bytes);
  fixed_random().fill(block);
  sign_client_block(block, place);
  bytes out{3};
  append(out, block);
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(handshakes)

BOOST_AUTO_TEST_CASE(a_plain_client_is_answered_with_its_own_block) {
  fixed_random random;
  handshake server(random);
  bytes opening{3};
  opening.resize(1 + handshake_block_bytes, 7);
  bytes out;
  byte_view rest(opening);
  BOOST_REQUIRE(server.feed(rest, out));
  BOOST_REQUIRE(out.size() == 1 + 2 * handshake_block_bytes);
  BOOST_TEST(out[0] == 3);
  BOOST_TEST(std::equal(opening.begin() + 1, opening.end(), out.end() - handshake_block_bytes));
  BOOST_TEST(!server.with_digest());
  BOOST_TEST(!server.done());
}

BOOST_AUTO_TEST_CASE(a_digest_client_is_answered_with_digests_at_its_own_place) {
  for (const auto place : {digest_place::front, digest_place::middle}) {
    fixed_random random;
    handshake server(random);
    const auto opening = digest_opening(place);
    bytes out;
    byte_view rest(opening);
    BOOST_REQUIRE(server.feed(rest, out));
    BOOST_TEST(server.with_digest());
    const byte_view sent(out);
    const auto own = find_server_digest(sent.subspan(1, handshake_block_bytes));
    BOOST_REQUIRE(own.has_value());
    BOOST_TEST((own->place == place));
    const auto client = find_client_digest(byte_view(opening).subspan(1));
    BOOST_REQUIRE(client.has_value());
    BOOST_TEST(is_answer(sent.last(handshake_block_bytes), client->value));
  }
}

BOOST_AUTO_TEST_CASE(it_works_in_pieces_of_any_size_and_leaves_what_follows) {
  for (std::size_t piece : {1u, 7u, 1535u, 4000u}) {
    fixed_random random;
    handshake server(random);
    auto all = client_handshake();
    append(all, bytes{0xaa, 0xbb});
    bytes out;
    std::size_t at = 0;
    while (!server.done()) {
      const auto size = std::min(piece, all.size() - at);
      byte_view part = byte_view(all).subspan(at, size);
      BOOST_REQUIRE(server.feed(part, out));
      at += size - part.size();
    }
    BOOST_TEST(at == all.size() - 2);
    BOOST_TEST(out.size() == 1 + 2 * handshake_block_bytes);
  }
}

BOOST_AUTO_TEST_CASE(other_protocols_are_refused_at_their_first_byte) {
  for (const std::string_view opening : {"GET / HTTP/1.1", "\x06 encrypted", "\x16\x03\x01 TLS"}) {
    fixed_random random;
    handshake server(random);
    bytes out;
    byte_view rest = hearth::as_bytes(opening);
    BOOST_TEST((server.feed(rest, out).error() == errc::bad_version));
    BOOST_TEST(out.empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()
