#include "media/video/video_report.hpp"

#include <boost/test/unit_test.hpp>

#include "media/sandbox/errc.hpp"

using namespace hearth::video;
using hearth::bytes;

namespace {

video_info honest() {
  return {container::mp4, 2000,   160,   90,   25'000,
          1'000'000,      "h264", "aac", true, {0xff, 0xd8, 0xff}};
}

bool refused(const video_info& info) {
  const auto got = decode_report(encode_report(info));
  return !got && got.error() == hearth::sandbox::errc::bad_answer;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reports)

BOOST_AUTO_TEST_CASE(what_an_honest_worker_says_comes_through) {
  const auto info = decode_report(encode_report(honest()));
  BOOST_REQUIRE(bool(info));
  BOOST_TEST(info->duration_ms == 2000u);
  BOOST_TEST(info->video_codec == "h264");
  BOOST_TEST(info->browser_playable);
  BOOST_TEST((info->poster == honest().poster));
  BOOST_TEST((decode_report(encode_report(errc::no_video)).error() == errc::no_video));
}

// A worker that a film has taken over may say anything.
BOOST_AUTO_TEST_CASE(what_no_honest_worker_says_is_refused) {
  auto lie = honest();
  lie.kind = static_cast<container>(99);
  BOOST_TEST(refused(lie));
  lie = honest();
  lie.width = 1'000'000;
  BOOST_TEST(refused(lie));
  lie = honest();
  lie.duration_ms = ~0ull;
  BOOST_TEST(refused(lie));
  lie = honest();
  lie.video_codec = "<script>";
  BOOST_TEST(refused(lie));
  lie = honest();
  lie.poster = {'<', 'h', 't', 'm', 'l', '>'};
  BOOST_TEST(refused(lie));
  const auto whole = encode_report(honest());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto cut = hearth::byte_view(whole).first(length);
    BOOST_TEST((decode_report(cut).error() == hearth::sandbox::errc::bad_answer));
  }
  BOOST_TEST((decode_report(bytes{50}).error() == hearth::sandbox::errc::bad_answer));
}

BOOST_AUTO_TEST_CASE(browsers_play_some_things) {
  BOOST_TEST(plays_in_browsers(container::mp4, "h264", "", true));
  BOOST_TEST(!plays_in_browsers(container::mp4, "hevc", "aac", true));
  BOOST_TEST(!plays_in_browsers(container::mp4, "h264", "ac3", true));
  BOOST_TEST(!plays_in_browsers(container::mkv, "h264", "aac", true));
  BOOST_TEST(!plays_in_browsers(container::mp4, "h264", "aac", false));
}

BOOST_AUTO_TEST_CASE(every_error_has_words) {
  for (int value = 1; value <= static_cast<int>(errc::no_video); ++value) {
    BOOST_TEST(category().message(value) != "unknown error");
  }
}

BOOST_AUTO_TEST_SUITE_END()
