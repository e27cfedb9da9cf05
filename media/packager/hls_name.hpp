// The names below /static/streams/{stream_id}/: stream.m3u8, init_{n}.mp4, seg_{n}.m4s and
// part_{n}_{k}.m4s. Numbers are decimal without leading zeros.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "media/packager/errc.hpp"

namespace hearth::packager {

enum class hls_kind : std::uint8_t { playlist, init, segment, part };

struct hls_name {
  hls_kind kind = hls_kind::playlist;
  std::uint64_t number = 0;
  std::uint64_t part = 0;

  /// errc::bad_name for anything else than the four forms.
  static result<hls_name> parse(std::string_view text);
  std::string text() const;
};

/// What a low-latency player adds to the playlist's address to wait for news.
struct hls_query {
  std::optional<std::uint64_t> msn;   // _HLS_msn: segment number
  std::optional<std::uint64_t> part;  // _HLS_part: part of it

  /// Reads the part of an address after '?'; other parameters are passed over. errc::bad_request
  /// for a value that is no number, or a part without a segment.
  static result<hls_query> parse(std::string_view text);
};

}  // namespace hearth::packager
