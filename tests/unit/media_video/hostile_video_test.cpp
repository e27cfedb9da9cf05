#include <boost/test/unit_test.hpp>

#include "films.hpp"

using namespace hearth::video;
using hearth::bytes;

BOOST_FIXTURE_TEST_SUITE(hostile, films)

// Playlists and scripts make FFmpeg open other files and addresses: they must never reach a
// demuxer.
BOOST_AUTO_TEST_CASE(what_refers_to_other_files_is_refused) {
  for (const std::string_view text :
       {"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '/etc/passwd'\n", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\n",
        "<?xml version='1.0'?><MPD></MPD>", "", "x", "RIFF\x10\0\0\0WAVEfmt and so on"}) {
    BOOST_TEST((inspect_text(text).error() == errc::unsupported_format));
  }
}

BOOST_AUTO_TEST_CASE(an_mp4_whose_index_is_cut_off_is_damaged) {
  auto film = read(make(stacked(true) + "-c:v libx264 -preset ultrafast -c:a aac", "a.mp4"));
  film.resize(film.size() / 2);
  BOOST_TEST((inspect(write(film, "cut.mp4")).error() == errc::damaged));
}

BOOST_AUTO_TEST_CASE(sound_or_a_cover_alone_is_no_video) {
  const auto sound = make("-f lavfi -i sine=f=440:d=1 -c:a aac", "a.mp4");
  BOOST_TEST((inspect(sound).error() == errc::no_video));
  const auto cover = make(
      "-f lavfi -i sine=f=440:d=1 -f lavfi -i color=red:s=64x64:d=1:r=1 "
      "-c:a aac -c:v mjpeg -disposition:v attached_pic -frames:v 1",
      "b.mp4");
  BOOST_TEST((inspect(cover).error() == errc::no_video));
}

BOOST_AUTO_TEST_CASE(noise_behind_a_right_start_costs_nothing_but_the_job) {
  std::uint32_t state = 99;
  const std::array<std::string_view, 6> starts{
      std::string_view("\0\0\0\x18"
                       "ftypisom\0\0\0\0isommp42\0\0\x10\0moov",
                       32),
      "\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska",
      "RIFF\xff\xff\xff\x7f"
      "AVI LIST",
      std::string_view("FLV\x01\x05\0\0\0\x09\0\0\0\0\x09", 14),
      "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9",
      "\x1a\x45\xdf\xa3\x01\xff\xff\xff\xff\xff\xff"};
  for (const auto start : starts) {
    for (int round = 0; round < 3; ++round) {
      const auto view = hearth::as_bytes(start);
      bytes noise(view.begin(), view.end());
      for (int i = 0; i < 50'000; ++i) {
        state = state * 1664525u + 1013904223u;
        noise.push_back(static_cast<std::uint8_t>(state >> 24));
      }
      BOOST_TEST(!inspect(write(noise, "noise.bin")));
    }
  }
}

// Bits that flip on the way: whatever comes out, the pool works on.
BOOST_AUTO_TEST_CASE(flipped_bytes_do_not_stop_the_pool) {
  const auto film = read(make(stacked(true) + "-c:v libx264 -preset ultrafast -c:a aac", "a.mp4"));
  std::uint32_t state = 7;
  for (int round = 0; round < 10; ++round) {
    auto broken = film;
    for (int i = 0; i < 40; ++i) {
      state = state * 1664525u + 1013904223u;
      broken[(state >> 4) % broken.size()] ^= static_cast<std::uint8_t>(1 + state % 255);
    }
    const auto info = inspect(write(broken, "broken.mp4"));
    if (info) BOOST_TEST(info->video_codec.size() > 0u);
  }
  BOOST_TEST(bool(inspect(write(film, "whole.mp4"))));
}

BOOST_AUTO_TEST_SUITE_END()
