#include "media/video/inspect_video.hpp"

#include <boost/test/unit_test.hpp>

#include "films.hpp"

using namespace hearth::video;

namespace {

struct sample {
  std::string name;
  std::string coding;
  container kind;
  std::string video_codec;
  std::string audio_codec;
  bool playable;
};

const std::string h264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p ";
const std::string vp9 = "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv420p ";

std::vector<sample> samples() {
  return {{"a.mp4", h264 + "-c:a aac", container::mp4, "h264", "aac", true},
          {"b.mp4", h264 + "-c:a aac -movflags +faststart", container::mp4, "h264", "aac", true},
          {"c.mp4", h264 + "-c:a aac -movflags +frag_keyframe+empty_moov", container::mp4, "h264",
           "aac", true},
          {"d.mp4", "-c:v libx264 -preset ultrafast -pix_fmt yuv444p -c:a aac", container::mp4,
           "h264", "aac", false},
          {"a.m4v", "-f ipod " + h264 + "-c:a aac", container::m4v, "h264", "aac", true},
          {"a.mov", h264 + "-c:a pcm_s16le", container::mov, "h264", "pcm_s16le", false},
          {"a.mkv", h264 + "-c:a libopus", container::mkv, "h264", "opus", false},
          {"a.webm", vp9 + "-c:a libopus", container::webm, "vp9", "opus", true},
          {"a.avi", "-c:v mpeg4 -c:a libmp3lame", container::avi, "mpeg4", "mp3", false},
          {"a.flv", "-c:v flv1 -c:a libmp3lame -ar 44100", container::flv, "flv1", "mp3", false},
          {"a.wmv", "-c:v wmv2 -c:a wmav2", container::wmv, "wmv2", "wmav2", false}};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(inspecting, films)

BOOST_AUTO_TEST_CASE(every_container_says_what_it_holds) {
  for (const auto& sample : samples()) {
    BOOST_TEST_CONTEXT(sample.name) {
      const auto info = inspect(make(stacked(true) + sample.coding, sample.name));
      BOOST_REQUIRE_MESSAGE(bool(info), (info ? "" : info.error().message()));
      BOOST_TEST((info->kind == sample.kind));
      BOOST_TEST(info->video_codec == sample.video_codec);
      BOOST_TEST(info->audio_codec == sample.audio_codec);
      BOOST_TEST(info->width == 160u);
      BOOST_TEST(info->height == 90u);
      BOOST_TEST(info->duration_ms >= 1900u);
      BOOST_TEST(info->duration_ms <= 2200u);
      BOOST_TEST(info->bitrate_bps > 1000u);
      BOOST_TEST(info->frames_per_1000_s > 9'500u);
      BOOST_TEST(info->frames_per_1000_s < 10'500u);
      BOOST_TEST(info->browser_playable == sample.playable);
      BOOST_TEST(info->poster.size() > 100u);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_poster_shows_the_picture) {
  for (const auto* format : {"yuv420p", "yuvj420p", "yuv422p10le", "yuv444p", "gray", "nv12"}) {
    BOOST_TEST_CONTEXT(format) {
      const auto coding = std::string("-c:v libx264 -preset ultrafast -pix_fmt ") + format;
      const auto info = inspect(make(stacked(false) + coding, "a.mp4"));
      BOOST_REQUIRE(bool(info));
      BOOST_TEST(info->audio_codec == "");
      const auto raw = read(make(
          "-i " + write(info->poster, "p.jpg").string() + " -f rawvideo -pix_fmt rgb24", "p.raw"));
      BOOST_REQUIRE(raw.size() == 160u * 90 * 3);
      if (std::string_view(format) == "gray") continue;
      const auto* above = &raw[(10 * 160 + 80) * 3];
      const auto* below = &raw[(80 * 160 + 80) * 3];
      BOOST_TEST(int{above[0]} > 200);
      BOOST_TEST(int{above[2]} < 60);
      BOOST_TEST(int{below[0]} < 60);
      BOOST_TEST(int{below[2]} > 200);
    }
  }
}

// A phone held upright.
BOOST_AUTO_TEST_CASE(a_turned_video_is_shown_upright) {
  const auto plain = make(stacked(false) + h264, "plain.mp4");
  const auto turned = make("-i " + plain.string() + " -c copy -metadata:s:v rotate=90", "a.mp4");
  const auto info = inspect(turned);
  BOOST_REQUIRE(bool(info));
  BOOST_TEST(info->width == 90u);
  BOOST_TEST(info->height == 160u);
  const auto raw = read(
      make("-i " + write(info->poster, "p.jpg").string() + " -f rawvideo -pix_fmt rgb24", "p.raw"));
  const auto shown =
      read(make("-i " + turned.string() + " -frames:v 1 -f rawvideo -pix_fmt rgb24", "shown.raw"));
  BOOST_REQUIRE(raw.size() == shown.size());
  for (const std::size_t x : {10u, 80u}) {
    const auto place = (80 * 90 + x) * 3;
    BOOST_TEST((raw[place] > 128) == (shown[place] > 128));
    BOOST_TEST((raw[place + 2] > 128) == (shown[place + 2] > 128));
  }
}

BOOST_AUTO_TEST_CASE(a_large_frame_gives_a_poster_of_640) {
  const auto info = inspect(make("-f lavfi -i testsrc=s=1920x1080:r=5:d=1 " + h264, "a.mp4"));
  BOOST_REQUIRE(bool(info));
  const auto raw = read(
      make("-i " + write(info->poster, "p.jpg").string() + " -f rawvideo -pix_fmt rgb24", "p.raw"));
  BOOST_TEST(raw.size() == 640u * 360 * 3);
}

BOOST_AUTO_TEST_CASE(the_name_of_a_file_does_not_count) {
  const auto path = make(stacked(false) + vp9, "a.webm");
  std::filesystem::rename(path, folder / "b.mp4");
  const auto info = inspect(folder / "b.mp4");
  BOOST_REQUIRE(bool(info));
  BOOST_TEST(container_name(info->kind) == "webm");
  BOOST_TEST(media_type(info->kind) == "video/webm");
}

BOOST_AUTO_TEST_SUITE_END()
