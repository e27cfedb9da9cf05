#include "media/image/image_report.hpp"

#include <boost/test/unit_test.hpp>

#include "media/sandbox/errc.hpp"

using namespace hearth::image;
using hearth::bytes;

namespace {

image_info honest() {
  return {image_format::png, 640, 400, 3, {0xff, 0xd8, 0xff, 1}, {'R', 'I', 'F', 'F', 2}};
}

bool refused(const image_info& info) {
  const auto got = decode_report(encode_report(info), {});
  return !got && got.error() == hearth::sandbox::errc::bad_answer;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reports)

BOOST_AUTO_TEST_CASE(what_an_honest_worker_says_comes_through) {
  const auto info = decode_report(encode_report(honest()), {});
  BOOST_REQUIRE(bool(info));
  BOOST_TEST((info->format == image_format::png));
  BOOST_TEST(info->width == 640u);
  BOOST_TEST(info->frames == 3u);
  BOOST_TEST((info->thumbnail == honest().thumbnail));
  BOOST_TEST((decode_report(encode_report(errc::damaged), {}).error() == errc::damaged));
}

// A worker that a picture has taken over may say anything.
BOOST_AUTO_TEST_CASE(what_no_honest_worker_says_is_refused) {
  auto lie = honest();
  lie.format = static_cast<image_format>(9);
  BOOST_TEST(refused(lie));
  lie = honest();
  lie.width = 0;
  BOOST_TEST(refused(lie));
  lie = honest();
  lie.width = lie.height = 0xffffffff;
  BOOST_TEST(refused(lie));
  lie = honest();
  lie.frames = 5'000;
  BOOST_TEST(refused(lie));
  lie = honest();
  lie.thumbnail = {'<', 's', 'c', 'r', 'i', 'p', 't'};
  BOOST_TEST(refused(lie));
  lie = honest();
  lie.placeholder.resize(10'000);
  BOOST_TEST(refused(lie));
}

BOOST_AUTO_TEST_CASE(broken_reports_are_refused) {
  const auto whole = encode_report(honest());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto cut = hearth::byte_view(whole).first(length);
    BOOST_TEST((decode_report(cut, {}).error() == hearth::sandbox::errc::bad_answer));
  }
  BOOST_TEST((decode_report(bytes{77}, {}).error() == hearth::sandbox::errc::bad_answer));
  BOOST_TEST((decode_limits(bytes{1}).error() == hearth::errc::truncated));
  for (int value = 1; value <= static_cast<int>(errc::too_large); ++value) {
    BOOST_TEST(category().message(value) != "unknown error");
  }
}

BOOST_AUTO_TEST_SUITE_END()
