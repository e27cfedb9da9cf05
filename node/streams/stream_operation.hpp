// The stored form of what is said about streams: in the shared space what everybody may know, in
// the local space the secret key.
#pragma once
#include <optional>
#include <string>

#include "store/base/bytes.hpp"

namespace hearth::streams {

/// What a person fills in when creating a stream.
struct stream_form {
  std::string name;
  std::string description;
  std::string resolution;          // "", "480p", "720p", "1080p", "2K", "4K"
  std::uint32_t bitrate_kbps = 0;  // 0: not given
  std::string planned_start;       // RFC 3339, or ""
  std::string planned_end;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(name, description, resolution, bitrate_kbps, planned_start, planned_end);
  }
};

/// How the last publisher's time on the stream ended.
struct stream_ending {
  bool failed = false;
  std::string reason;
  std::int64_t ended_ms = 0;  // wall clock

  template <class Archive>
  void serialize(Archive& archive) {
    archive(failed, reason, ended_ms);
  }
};

/// Shared space. Only the author that created a stream can say more about it.
struct stream_operation {
  std::uint8_t format = 1;
  std::string stream_id;
  std::optional<stream_form> form;
  std::optional<stream_ending> ending;
  bool deleted = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(format, stream_id, form, ending, deleted);
  }
};

/// Local space; the newest one holds. An empty key revokes.
struct stream_secret {
  std::uint8_t format = 1;
  std::string stream_id;
  std::string key;
  bool stopped = false;  // by a person: nobody may publish

  template <class Archive>
  void serialize(Archive& archive) {
    archive(format, stream_id, key, stopped);
  }
};

inline constexpr std::size_t max_name_bytes = 400;
inline constexpr std::size_t max_description_bytes = 8000;

bytes encode_operation(const stream_operation& operation);
bytes encode_secret(const stream_secret& secret);
/// errc::bad_field for what breaks a limit.
result<stream_operation> decode_operation(byte_view payload);
result<stream_secret> decode_secret(byte_view payload);

/// errc::bad_field names nothing: the API checks each field first and says which.
bool good_form(const stream_form& form);
bool good_resolution(std::string_view preset);

}  // namespace hearth::streams
