// Runs of entries on the wire, deflated or not, honest or not.
#include "net/wire/run_codec.hpp"

#include <boost/test/unit_test.hpp>

#include "log_fixture.hpp"
#include "net/wire/deflate.hpp"
#include "net/wire/messages.hpp"

namespace hearth::wire {
namespace {

logs::shared_run run_of(logs::memory_node& node) {
  return *node.store->read_run(node.store->own_log(), {1}, logs::max_run_bytes);
}

BOOST_AUTO_TEST_SUITE(runs)

BOOST_AUTO_TEST_CASE(headers_and_signature_come_through) {
  logs::memory_node author(1);
  logs::memory_node reader(2);
  author.append("one", 3);
  author.append("");
  author.append(std::string(5000, 'x'), 0xffff);
  const auto run = run_of(author);
  const auto back = decode_run(encode_run(run));
  BOOST_REQUIRE(back);
  BOOST_TEST((*back == run));
  BOOST_TEST(reader.store->ingest(*back).has_value());
}

BOOST_AUTO_TEST_CASE(frames_of_every_size_come_through_deflated_or_not) {
  logs::memory_node author(1);
  for (const std::size_t size :
       {0u, 1u, 40u, 100u, 200u, 300u, 1000u, 33'000u, 70'000u, 900'000u}) {
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i)
      text += "word " + std::to_string(i * i) + " ";
    author.append(text.substr(0, size));
    const auto run = *author.store->read_run(
        author.store->own_log(), author.store->versions().at(author.store->own_log()), 1 << 22);
    const auto frame = encode_frame(entries{run});
    const auto back = decode_frame(frame);
    BOOST_REQUIRE_MESSAGE(back, size);
    BOOST_TEST((std::get<entries>(*back).run == run));
    if (size > 1000) BOOST_TEST(frame.size() < size * 3 / 4);
  }
}

BOOST_AUTO_TEST_CASE(small_entries_travel_without_their_headers) {
  logs::memory_node author(1);
  for (int i = 0; i < 100; ++i)
    author.append("x");
  BOOST_TEST(encode_run(run_of(author)).size() < 100u * 16 + 200);
}

BOOST_AUTO_TEST_CASE(the_wire_has_no_form_for_private_entries) {
  logs::memory_node author(1);
  author.append("secret");
  auto run = run_of(author);
  run.entries[0].header.in = logs::space::local;
  const auto back = decode_run(encode_run(run));
  BOOST_REQUIRE(back);
  BOOST_TEST((back->entries[0].header.in == logs::space::shared));
}

BOOST_AUTO_TEST_CASE(every_cut_is_refused) {
  logs::memory_node author(1);
  author.append("one");
  author.append("two");
  const auto whole = encode_run(run_of(author));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    BOOST_TEST((decode_run(byte_view(whole).first(size)).error() == errc::malformed));
  }
  auto longer = whole;
  longer.push_back(0);
  BOOST_TEST((decode_run(longer).error() == errc::malformed));
}

BOOST_AUTO_TEST_CASE(impossible_numbers_are_refused) {
  logs::memory_node author(1);
  author.append("one");
  const auto good = encode_run(run_of(author));
  const auto with = [&good](std::size_t at, std::size_t count, std::uint8_t value) {
    auto bad = good;
    std::fill_n(bad.begin() + static_cast<std::ptrdiff_t>(at), count, value);
    return decode_run(bad).error();
  };
  BOOST_TEST((with(0, 1, 9) == errc::malformed));            // version
  BOOST_TEST((with(41, 8, 0) == errc::malformed));           // first number 0
  BOOST_TEST((with(41, 8, 0xff) == errc::malformed));        // numbers that wrap
  BOOST_TEST((with(145, 4, 0) == errc::malformed));          // no entries
  BOOST_TEST((with(145, 4, 0xff) == errc::too_many));        // more than fit any run
  BOOST_TEST((with(145 + 14, 4, 0xff) == errc::too_large));  // payload length
}

BOOST_AUTO_TEST_CASE(whatever_is_deflated_is_inflated) {
  logs::seeded_random random(1);
  for (int round = 0; round < 500; ++round) {
    bytes data;
    const auto words = random.u64() % 60 + 10;
    const auto word_size = random.u64() % 20 + 1;
    for (std::uint64_t i = 0; i < words; ++i) {
      for (std::uint64_t k = 0; k < word_size; ++k) {
        data.push_back(static_cast<std::uint8_t>(k * 7));
      }
      data.push_back(static_cast<std::uint8_t>(random.u64()));
    }
    const auto small = deflate_if_smaller(data);
    if (!small) continue;
    const auto back = inflate(*small, data.size());
    BOOST_REQUIRE(back);
    BOOST_TEST((*back == data));
  }
}

BOOST_AUTO_TEST_CASE(a_deflate_bomb_is_refused) {
  const bytes zeros(max_deflate_bytes, 0);
  const auto small = deflate_if_smaller(zeros);
  BOOST_REQUIRE(small);
  BOOST_TEST(inflate(*small, zeros.size()).has_value());
  BOOST_TEST((inflate(*small, zeros.size() - 1).error() == errc::malformed));
  BOOST_TEST((inflate(*small, max_deflate_bytes + 1).error() == errc::too_large));
  BOOST_TEST((inflate(byte_view(*small).first(small->size() - 1), zeros.size()).error() ==
              errc::malformed));
  BOOST_TEST((inflate(zeros, 10).error() == errc::malformed));
  BOOST_TEST((inflate({}, 0).error() == errc::malformed));
}

BOOST_AUTO_TEST_CASE(what_does_not_shrink_is_sent_as_it_is) {
  bytes noise(10'000);
  logs::seeded_random(3).fill(noise);
  BOOST_TEST(!deflate_if_smaller(noise));
  BOOST_TEST(!deflate_if_smaller(bytes(100)));
  BOOST_TEST(!deflate_if_smaller(bytes(max_deflate_bytes + 1)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace hearth::wire
