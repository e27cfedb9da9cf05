// Whether real players get what the publisher sent: ffprobe reads the packager's output whole, part
// by part, and with every codec. A failure here is a viewer with a black or stuttering picture.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fstream>
#include <sstream>

#include "playlist_reader.hpp"

namespace hearth::test {
namespace {

std::string demuxer_options(const std::filesystem::path& file) {
  return file.extension() == ".m3u8" ? "-allowed_extensions ALL " : "";
}

std::string probe(const std::filesystem::path& file, const std::string& what) {
  const auto all =
      run("ffprobe -v warning " + demuxer_options(file) + what + " -of csv=p=0 " + file.string());
  return all.substr(0, all.find("\n\n") + 1);  // ffprobe lists each stream again, by program
}

struct probed_packet {
  double pts = 0;
  double dts = 0;
  double duration = 0;
};

std::vector<probed_packet> packets(const std::filesystem::path& file, const std::string& stream) {
  std::vector<probed_packet> out;
  std::istringstream in(
      run("ffprobe -v error " + demuxer_options(file) + "-select_streams " + stream +
          " -show_entries packet=pts_time,dts_time,duration_time -of csv=p=0 " + file.string()));
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);
    probed_packet packet;
    char comma = 0;
    if (!(fields >> packet.pts >> comma >> packet.dts)) continue;
    if (!(fields >> comma >> packet.duration)) packet.duration = 0;  // "N/A"
    out.push_back(packet);
  }
  return out;
}

// No packet's decoding time is behind or ahead of where the one before it ends.
void check_no_gaps(const std::vector<probed_packet>& all, double tolerance) {
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (all[i - 1].duration == 0) continue;
    BOOST_TEST(std::abs(all[i - 1].dts + all[i - 1].duration - all[i].dts) < tolerance);
  }
}

void check_decodes(const std::filesystem::path& file) {
  const auto said = run("ffmpeg -v warning " + demuxer_options(file) + "-i " + file.string() +
                        " -f null - </dev/null");
  BOOST_TEST(said == "");
}

// Init segment and parts of one segment in a row, as a low-latency player appends them.
std::filesystem::path append_parts(const std::filesystem::path& folder, const read_segment& from) {
  const auto file = folder / "appended.mp4";
  std::ofstream out(file, std::ios::binary);
  out << std::ifstream(folder / from.map, std::ios::binary).rdbuf();
  for (const auto& part : from.parts) {
    out << std::ifstream(folder / part.uri, std::ios::binary).rdbuf();
  }
  return file;
}

struct saved {
  explicit saved(const coded_stream& stream, packager::hls_options options = {}) : work(options) {
    work.feed(stream);
    work.packager->on_end(live::end_reason::finished, "");
    BOOST_REQUIRE_MESSAGE(work.failures == 0, work.reason);
    save(*work.store, folder.path);
    list = read(*work.store->playlist());
    playlist = folder.path / "stream.m3u8";
  }
  packaging work;
  scratch_folder folder;
  read_playlist list;
  std::filesystem::path playlist;
};

std::string encoded(const std::string& codecs) {
  return "-f lavfi -i testsrc=size=320x180:rate=30 -f lavfi -i sine=sample_rate=48000 -t 3 "
         "-pix_fmt yuv420p -ac 2 " +
         codecs;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hls_play)

BOOST_AUTO_TEST_CASE(ffprobe_reads_every_frame_of_picture_and_sound) {
  const saved out(usual_stream());
  BOOST_TEST(probe(out.playlist, "-show_entries stream=codec_name,width,height") ==
             "h264,320,180\naac\n");
  const auto video = packets(out.playlist, "v");
  const auto audio = packets(out.playlist, "a");
  BOOST_TEST(video.size() == only(usual_stream(), live::track_kind::video).packets.size());
  BOOST_TEST(audio.size() == only(usual_stream(), live::track_kind::audio).packets.size());
  check_no_gaps(video, 0.0011);
  check_no_gaps(audio, 0.0001);
  check_decodes(out.playlist);
  double sum = 0;
  for (const auto& segment : out.list.segments)
    sum += segment.duration;
  BOOST_TEST(std::abs(sum - 6.0) < 0.05);
  BOOST_TEST(out.list.independent);
}

BOOST_AUTO_TEST_CASE(parts_appended_play_like_their_segment) {
  const saved out(usual_stream());
  const auto& segment = out.list.segments.at(out.list.segments.size() - 2);
  BOOST_TEST(segment.parts.size() >= 9u);
  const auto appended = append_parts(out.folder.path, segment);
  const auto video = packets(appended, "v");
  BOOST_TEST(video.size() == static_cast<std::size_t>(std::lround(segment.duration * 30)));
  check_no_gaps(video, 0.0011);
  check_decodes(appended);
}

BOOST_AUTO_TEST_CASE(reordered_frames_keep_their_times) {
  const auto stream = make_stream(encoded("-c:v libx264 -bf 3 -g 30 -preset medium -c:a aac"));
  const auto source = only(stream, live::track_kind::video).packets;
  BOOST_REQUIRE(std::any_of(source.begin(), source.end(), [](const live::packet& packet) {
    return packet.pts_ms - packet.dts_ms > 60;
  }));
  const saved out(stream);
  const auto video = packets(out.playlist, "v");
  BOOST_REQUIRE(video.size() == source.size());
  const auto first_pts = video.front().pts;
  for (std::size_t i = 0; i < video.size(); ++i) {
    const auto expected = static_cast<double>(source[i].pts_ms - source[0].pts_ms) / 1000;
    BOOST_TEST(std::abs(video[i].pts - first_pts - expected) < 0.002);
  }
  const auto sound = packets(out.playlist, "a");
  const auto skew = static_cast<double>(source[0].pts_ms -
                                        only(stream, live::track_kind::audio).packets[0].pts_ms);
  BOOST_TEST(std::abs(first_pts - sound.front().pts - skew / 1000) < 0.03);
  check_decodes(out.playlist);
}

BOOST_AUTO_TEST_CASE(a_whole_hour_later_sound_and_picture_still_meet) {
  const saved out(shifted(usual_stream(), 3'600'000));
  BOOST_TEST(packets(out.playlist, "v").front().pts < 2);
  check_decodes(out.playlist);
}

BOOST_AUTO_TEST_CASE(other_codecs_play) {
  const std::pair<std::string, std::string> codecs[] = {
      {"-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=30 -c:a libopus",
       "hevc,320,180\nopus\n"},
      {"-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 30 -c:a libopus", "vp9,320,180\nopus\n"},
      {"-c:v libaom-av1 -usage realtime -cpu-used 8 -g 30 -c:a aac", "av1,320,180\naac\n"},
  };
  for (const auto& [arguments, expected] : codecs) {
    BOOST_TEST_CONTEXT(arguments) {
      const saved out(make_stream(encoded(arguments)));
      BOOST_TEST(probe(out.playlist, "-show_entries stream=codec_name,width,height") == expected);
      BOOST_TEST(packets(out.playlist, "v").size() == 90u);
      check_no_gaps(packets(out.playlist, "a"), 0.0002);
      check_decodes(out.playlist);
    }
  }
}

BOOST_AUTO_TEST_CASE(sound_alone_and_picture_alone_play) {
  for (const auto kind : {live::track_kind::audio, live::track_kind::video}) {
    const auto stream = only(usual_stream(), kind);
    const saved out(stream);
    BOOST_TEST(packets(out.playlist, "0").size() == stream.packets.size());
    BOOST_TEST(out.list.independent);
    check_decodes(out.playlist);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace hearth::test
