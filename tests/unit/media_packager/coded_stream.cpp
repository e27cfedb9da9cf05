#include "coded_stream.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>

namespace hearth::test {
namespace {

bytes read_all(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return bytes(std::istreambuf_iterator<char>(in), {});
}

// The content of the first box of that type, found by its name.
bytes box(const bytes& file, std::string_view type) {
  const auto at = as_text(file).find(type);
  if (at == std::string_view::npos || at < 4) return {};
  byte_reader size(byte_view(file).subspan(at - 4));
  return bytes(file.begin() + static_cast<std::ptrdiff_t>(at) + 4,
               file.begin() + static_cast<std::ptrdiff_t>(at - 4 + *size.u32()));
}

// AudioSpecificConfig: the descriptor with tag 5 in an elementary stream descriptor.
bytes audio_specific_config(const bytes& esds) {
  const bytes tag{5, 0x80, 0x80, 0x80};
  const auto found = std::search(esds.begin(), esds.end(), tag.begin(), tag.end());
  BOOST_REQUIRE(found != esds.end());
  const auto length = *(found + 4);
  return bytes(found + 5, found + 5 + length);
}

// MP4's dOps as the identification header of RFC 7845, which the contract wants.
bytes opus_head(const bytes& dops) {
  byte_writer out;
  out.raw(as_bytes("OpusHead"));
  out.u8(1);
  out.u8(dops[1]);
  out.raw(bytes{dops[3], dops[2], dops[7], dops[6], dops[5], dops[4], dops[9], dops[8], dops[10]});
  return out.take();
}

live::track_config config_of(const bytes& file, const std::string& codec) {
  using live::codec_id;
  live::track_config config;
  config.kind =
      codec == "aac" || codec == "opus" ? live::track_kind::audio : live::track_kind::video;
  config.width = 320;
  config.height = 180;
  config.sample_rate = 48'000;
  config.channels = 2;
  if (codec == "h264") config.codec = codec_id::h264, config.record = box(file, "avcC");
  if (codec == "hevc") config.codec = codec_id::hevc, config.record = box(file, "hvcC");
  if (codec == "av1") config.codec = codec_id::av1, config.record = box(file, "av1C");
  if (codec == "vp9") config.codec = codec_id::vp9, config.record = box(file, "vpcC");
  if (codec == "opus") config.codec = codec_id::opus, config.record = opus_head(box(file, "dOps"));
  if (codec == "aac") {
    config.codec = codec_id::aac;
    config.record = audio_specific_config(box(file, "esds"));
  }
  BOOST_REQUIRE(!config.record.empty());
  return config;
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) out.push_back(line);
  }
  return out;
}

std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, ',');)
    out.push_back(field);
  return out;
}

bool by_time(const live::packet& a, const live::packet& b) {
  return a.dts_ms < b.dts_ms;
}

}  // namespace

scratch_folder::scratch_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "packager-XXXXXX").string();
  BOOST_REQUIRE(mkdtemp(name.data()) != nullptr);
  path = name;
}

scratch_folder::~scratch_folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

std::string run(const std::string& command) {
  auto* pipe = popen((command + " 2>&1").c_str(), "r");
  BOOST_REQUIRE(pipe != nullptr);
  std::string out;
  char buffer[4096];
  while (const auto count = std::fread(buffer, 1, sizeof buffer, pipe))
    out.append(buffer, count);
  const int status = pclose(pipe);
  BOOST_REQUIRE_MESSAGE(status == 0, command << "\n" << out);
  return out;
}

coded_stream make_stream(const std::string& arguments) {
  const scratch_folder folder;
  const auto file = (folder.path / "coded.mp4").string();
  run("ffmpeg -v error -y " + arguments + " -strict -2 " + file);
  const auto content = read_all(file);
  coded_stream stream;
  std::vector<live::track_kind> kinds;
  for (const auto& codec :
       lines(run("ffprobe -v error -show_entries stream=codec_name -of csv=p=0 " + file))) {
    stream.configs.push_back(config_of(content, codec));
    kinds.push_back(stream.configs.back().kind);
  }
  const auto listed =
      run("ffprobe -v error -ignore_editlist 1 -show_entries "
          "packet=stream_index,pts_time,dts_time,size,pos,flags -of csv=p=0 " +
          file);
  for (const auto& line : lines(listed)) {
    const auto field = fields(line);
    const auto size = std::stoul(field.at(3));
    const auto at = content.begin() + std::stol(field.at(4));
    live::packet packet;
    packet.kind = kinds.at(std::stoul(field.at(0)));
    packet.pts_ms = std::lround(std::stod(field.at(1)) * 1000);
    packet.dts_ms = std::lround(std::stod(field.at(2)) * 1000);
    packet.key_frame = field.at(5).starts_with("K");
    packet.payload = std::make_shared<const bytes>(at, at + static_cast<std::ptrdiff_t>(size));
    stream.packets.push_back(std::move(packet));
  }
  std::stable_sort(stream.packets.begin(), stream.packets.end(), by_time);
  return stream;
}

const coded_stream& usual_stream() {
  static const auto made = make_stream(
      "-f lavfi -i testsrc=size=320x180:rate=30 -f lavfi -i sine=frequency=440:sample_rate=48000 "
      "-t 6 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 30 -sc_threshold 0 -c:a aac -ac 2");
  return made;
}

coded_stream only(const coded_stream& stream, live::track_kind kind) {
  coded_stream out;
  for (const auto& config : stream.configs) {
    if (config.kind == kind) out.configs.push_back(config);
  }
  for (const auto& packet : stream.packets) {
    if (packet.kind == kind) out.packets.push_back(packet);
  }
  return out;
}

coded_stream shifted(coded_stream stream, std::int64_t by_ms) {
  for (auto& packet : stream.packets) {
    packet.dts_ms += by_ms;
    packet.pts_ms += by_ms;
  }
  return stream;
}

}  // namespace hearth::test
