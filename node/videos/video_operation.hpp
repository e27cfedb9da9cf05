// The stored form of what is said about videos (shared space).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/base/bytes.hpp"

namespace hearth::videos {

/// What the upload and its inspection gave; never changes.
struct video_form {
  std::string file_name;  // as given; never a path
  bytes32 content{};      // blob
  std::uint64_t size_bytes = 0;
  std::string container;  // "mp4", "matroska", …
  std::int64_t duration_ms = 0;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::string video_codec;
  std::string audio_codec;
  std::uint64_t bitrate_bps = 0;
  bool browser_playable = false;
  bytes32 poster{};              // blob of a JPEG; zeros for none
  std::int64_t uploaded_ms = 0;  // wall clock

  template <class Archive>
  void serialize(Archive& archive) {
    archive(file_name, content, size_bytes, container, duration_ms, width, height, video_codec,
            audio_codec, bitrate_bps, browser_playable, poster, uploaded_ms);
  }
};

struct video_operation {
  std::uint8_t format = 1;
  std::string video_id;
  std::optional<video_form> form;
  std::optional<std::string> name;
  std::optional<std::vector<std::string>> tags;
  std::optional<bool> holds;  // whether the author's node has the bytes
  bool deleted = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(format, video_id, form, name, tags, holds, deleted);
  }
};

inline constexpr std::size_t max_name_bytes = 400;
inline constexpr std::size_t max_tag_bytes = 100;
inline constexpr std::size_t max_tags = 64;

bool good_name(std::string_view name);
bool good_tags(const std::vector<std::string>& tags);

bytes encode_operation(const video_operation& operation);
/// errc::bad_field for what breaks a limit.
result<video_operation> decode_operation(byte_view payload);

}  // namespace hearth::videos
