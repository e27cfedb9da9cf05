// Reads a media playlist the way a player does, strictly, and plays it with ffprobe.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "coded_stream.hpp"
#include "media/packager/hls_packager.hpp"

namespace hearth::test {

struct read_part {
  std::string uri;
  double duration = 0;
  bool independent = false;
};

struct read_segment {
  std::string uri;  // empty for the one that grows
  std::string map;
  std::string date_time;
  double duration = 0;
  bool discontinuity = false;
  std::vector<read_part> parts;
};

struct read_playlist {
  double target_duration = 0;
  double part_target = 0;
  std::uint64_t sequence = 0;
  std::uint64_t discontinuity_sequence = 0;
  bool independent = false;
  bool ended = false;
  std::string hint;
  std::vector<read_segment> segments;
  read_segment growing;
};

/// Checks what RFC 8216 demands of every playlist on the way.
read_playlist read(const std::string& text);

/// A clock that stands where it is put.
class still_clock final : public clock {
 public:
  milliseconds wall() const override { return at; }
  milliseconds steady() const override { return at; }
  milliseconds at{1'760'000'000'000};
};

/// A store and a packager that is fed whole streams.
struct packaging {
  explicit packaging(packager::hls_options options = {});
  /// The configurations, then the packets, moving the clock with them.
  void feed(const coded_stream& stream);
  void restart();  // another publisher on the same store

  still_clock time;
  std::shared_ptr<packager::hls_store> store;
  std::unique_ptr<packager::hls_packager> packager;
  int failures = 0;
  error_code failure;
  std::string reason;
};

/// The resource of that name, which must be there without waiting.
bytes fetch(packager::hls_store& store, const std::string& name);
/// As fetch, for any outcome; runs until the answer comes.
result<packager::hls_resource> try_fetch(packager::hls_store& store, const std::string& name,
                                         const std::string& query = "");

/// Writes the playlist and all that it names into a folder.
void save(packager::hls_store& store, const std::filesystem::path& folder);

}  // namespace hearth::test
