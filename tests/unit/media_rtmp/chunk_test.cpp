#include <boost/test/unit_test.hpp>

#include "media/rtmp/chunk_reader.hpp"
#include "scripted_client.hpp"

using namespace hearth::rtmp;
using namespace hearth::rtmp::test;
using hearth::byte_view;
using hearth::bytes;
using hearth::result;

namespace {

struct reading {
  std::vector<message> messages;
  hearth::error_code error;
};

/// Feeds data in pieces of the given size.
reading read_all(const bytes& data, std::size_t piece = 1 << 20, chunk_limits limits = {}) {
  chunk_reader reader(limits);
  reading out;
  for (std::size_t at = 0; at < data.size(); at += piece) {
    byte_view part = byte_view(data).subspan(at, std::min(piece, data.size() - at));
    while (!part.empty()) {
      auto whole = reader.next(part);
      if (!whole) {
        out.error = whole.error();
        return out;
      }
      if (*whole) out.messages.push_back(std::move(**whole));
    }
  }
  return out;
}

bytes hex(std::string_view text) {
  std::string packed;
  std::copy_if(text.begin(), text.end(), std::back_inserter(packed),
               [](char c) { return c != ' '; });
  return *hearth::from_hex(packed);
}

message sample(std::size_t size, std::uint32_t time = 5) {
  message out{message_type::video, time, 1, bytes(size)};
  fixed_random().fill(out.payload);
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(chunks)

BOOST_AUTO_TEST_CASE(what_the_writer_cuts_the_reader_joins_in_pieces_of_any_size) {
  for (std::size_t size : {0u, 1u, 127u, 128u, 129u, 1000u}) {
    for (std::uint32_t time : {0u, 0xfffffeu, 0xffffffu, 0xfffffff0u}) {
      const auto sent = sample(size, time);
      auto data = wire(sent);
      append(data, wire(sample(3, 9)));
      for (std::size_t piece : {1u, 2u, 3u, 13u, 4096u}) {
        const auto got = read_all(data, piece);
        BOOST_REQUIRE(got.messages.size() == 2u);
        BOOST_TEST((got.messages[0].payload == sent.payload));
        BOOST_TEST(got.messages[0].timestamp_ms == time);
        BOOST_TEST(got.messages[0].stream_id == 1u);
        BOOST_TEST((got.messages[0].type == message_type::video));
        BOOST_TEST(got.messages[1].timestamp_ms == 9u);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(all_four_header_types_count_time_on) {
  const auto got =
      read_all(hex("04 00000a 000001 09 01000000 aa"  // type 0: at 10
                   "44 000014 000002 08 bbbb"         // type 1: 20 later
                   "84 00001e cccc"                   // type 2: 30 later
                   "c4 dddd"));                       // type 3: the same step again
  BOOST_REQUIRE(got.messages.size() == 4u);
  const std::array<std::uint32_t, 4> times{10, 30, 60, 90};
  for (std::size_t i = 0; i < 4; ++i)
    BOOST_TEST(got.messages[i].timestamp_ms == times[i]);
  BOOST_TEST((got.messages[3].type == message_type::audio));
  BOOST_TEST(got.messages[3].stream_id == 1u);
  BOOST_TEST((got.messages[3].payload == hex("dddd")));
}

BOOST_AUTO_TEST_CASE(a_type_three_after_a_type_zero_repeats_small_times_only) {
  const auto small = read_all(hex("04 000017 000001 09 01000000 aa c4 bb"));
  BOOST_TEST(small.messages.at(1).timestamp_ms == 0x2eu);
  const auto large = read_all(hex("04 100000 000001 09 01000000 aa c4 bb"));
  BOOST_TEST(large.messages.at(1).timestamp_ms == 0x100000u);
}

BOOST_AUTO_TEST_CASE(long_chunk_stream_ids_are_read) {
  const auto got =
      read_all(hex("00 05 000000 000001 09 01000000 aa"
                   "01 0501 000000 000001 08 01000000 bb"
                   "c0 05 cc"
                   "c1 0501 dd"));
  BOOST_REQUIRE(got.messages.size() == 4u);
  BOOST_TEST((got.messages[2].payload == hex("cc")));
  BOOST_TEST((got.messages[2].type == message_type::video));
  BOOST_TEST((got.messages[3].type == message_type::audio));
}

BOOST_AUTO_TEST_CASE(an_extended_time_need_not_be_repeated_in_the_middle_of_a_message) {
  auto with = sample(200, 0x01020304);
  const auto repeated = wire(with);
  // Header 1+11+4, 128 bytes of payload, one byte of type 3, and the four that some leave out.
  auto bare = repeated;
  bare.erase(bare.begin() + 16 + 128 + 1, bare.begin() + 16 + 128 + 5);
  append(bare, wire(sample(3)));
  for (std::size_t piece : {1u, 5u, 1000u}) {
    const auto got = read_all(bare, piece);
    BOOST_REQUIRE(got.messages.size() == 2u);
    BOOST_TEST((got.messages[0].payload == with.payload));
    BOOST_TEST(got.messages[0].timestamp_ms == 0x01020304u);
    BOOST_TEST(got.messages[1].payload.size() == 3u);
  }
}

BOOST_AUTO_TEST_CASE(messages_of_several_chunk_streams_interleave) {
  // Two messages of 130 bytes on streams 4 and 5, chunk by chunk.
  const auto one = wire(sample(130, 1), 128, 4);
  const auto two = wire(sample(130, 2), 128, 5);
  bytes mixed(one.begin(), one.begin() + 140);
  mixed.insert(mixed.end(), two.begin(), two.begin() + 140);
  mixed.insert(mixed.end(), one.begin() + 140, one.end());
  mixed.insert(mixed.end(), two.begin() + 140, two.end());
  const auto got = read_all(mixed);
  BOOST_REQUIRE(got.messages.size() == 2u);
  BOOST_TEST((got.messages[0].payload == sample(130).payload));
  BOOST_TEST((got.messages[1].payload == sample(130).payload));
}

BOOST_AUTO_TEST_CASE(set_chunk_size_and_abort_are_obeyed) {
  auto data = wire({message_type::set_chunk_size, 0, 0, hex("00000400")}, 128, 2);
  append(data, wire(sample(1000), 1024));
  const auto got = read_all(data);
  BOOST_REQUIRE(got.messages.size() == 2u);
  BOOST_TEST(got.messages[1].payload.size() == 1000u);

  const auto cut = wire(sample(200), 128, 4);
  bytes aborted(cut.begin(), cut.begin() + 140);  // the first chunk alone
  append(aborted, wire({message_type::abort, 0, 0, hex("00000004")}, 128, 2));
  append(aborted, wire(sample(10), 128, 4));
  const auto after = read_all(aborted);
  BOOST_REQUIRE(after.messages.size() == 2u);
  BOOST_TEST(after.messages[1].payload.size() == 10u);
}

BOOST_AUTO_TEST_CASE(a_new_header_inside_a_message_gives_the_old_one_up) {
  const auto cut = wire(sample(200), 128, 4);
  bytes data(cut.begin(), cut.begin() + 140);
  append(data, wire(sample(10), 128, 4));
  const auto got = read_all(data);
  BOOST_REQUIRE(got.messages.size() == 1u);
  BOOST_TEST(got.messages[0].payload.size() == 10u);
}

BOOST_AUTO_TEST_CASE(bad_chunks_are_refused) {
  const auto zero_size = wire({message_type::set_chunk_size, 0, 0, hex("00000000")}, 128, 2);
  const auto negative_size = wire({message_type::set_chunk_size, 0, 0, hex("80000000")}, 128, 2);
  const auto short_size = wire({message_type::set_chunk_size, 0, 0, hex("0080")}, 128, 2);
  for (const auto& data :
       {zero_size, negative_size, short_size, hex("c4 00"), hex("44 00000000000109")}) {
    BOOST_TEST((read_all(data).error == errc::bad_chunk));
  }
}

BOOST_AUTO_TEST_CASE(limits_hold) {
  chunk_limits small;
  small.chunk_streams = 2;
  small.audio_bytes = 100;
  small.video_bytes = 1000;
  small.other_bytes = 50;
  small.pending_bytes = 250;
  const auto header = [](std::string_view id, std::string_view size, std::string_view type) {
    return hex(std::string(id) + " 000000 " + std::string(size) + std::string(type) + "01000000");
  };
  BOOST_TEST((read_all(header("04", "000065", "08"), 1, small).error == errc::message_too_large));
  BOOST_TEST((read_all(header("04", "0003e9", "09"), 1, small).error == errc::message_too_large));
  BOOST_TEST((read_all(header("04", "000033", "14"), 1, small).error == errc::message_too_large));
  auto many = header("04", "000000", "14");
  append(many, header("05", "000000", "14"));
  append(many, header("06", "000000", "14"));
  BOOST_TEST((read_all(many, 1, small).error == errc::too_many_streams));
  bytes pending;
  for (std::string_view id : {"04", "05"}) {
    append(pending, header(id, "0000ff", "09"));
    append(pending, bytes(128));
  }
  BOOST_TEST((read_all(pending, 1, small).error == errc::too_much_pending));
}

BOOST_AUTO_TEST_CASE(default_limits_are_those_of_the_documentation) {
  BOOST_TEST((read_all(hex("04 000000 ffffff 14 01000000")).error == errc::message_too_large));
  BOOST_TEST(!read_all(hex("04 000000 ffffff 09 01000000")).error);
}

BOOST_AUTO_TEST_SUITE_END()
