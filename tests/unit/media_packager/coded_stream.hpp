// Real coded streams for the tests, made by the ffmpeg command when a test asks for one.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "media/live/packet.hpp"

namespace hearth::test {

struct coded_stream {
  std::vector<live::track_config> configs;
  std::vector<live::packet> packets;  // by decoding time
};

/// A folder that is gone with the object.
class scratch_folder {
 public:
  scratch_folder();
  ~scratch_folder();
  std::filesystem::path path;
};

/// What the command prints; its exit status must be 0.
std::string run(const std::string& command);

/// Encodes with `ffmpeg <arguments> out.mp4` and takes the file apart.
coded_stream make_stream(const std::string& arguments);

/// Six seconds of 320x180 at 30 frames a second with a key frame each second, and a tone; made
/// once.
const coded_stream& usual_stream();

/// The kinds of one stream only.
coded_stream only(const coded_stream& stream, live::track_kind kind);

/// The same packets, later by that much.
coded_stream shifted(coded_stream stream, std::int64_t by_ms);

}  // namespace hearth::test
