#include "media/video/video_report.hpp"

#include <algorithm>
#include <initializer_list>

#include "media/sandbox/errc.hpp"

namespace hearth::video {
namespace {

constexpr std::size_t most_name_bytes = 32;
constexpr std::size_t most_poster_bytes = 512 * 1024;
constexpr std::uint32_t most_side = 32'768;
constexpr std::uint64_t most_duration_ms = 1000ull * 3600 * 24 * 366;

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_name(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
}

bool plausible(const video_info& info) {
  const bool poster = info.poster.empty() || as_text(info.poster).starts_with("\xff\xd8\xff");
  return poster && info.width > 0 && info.width <= most_side && info.height > 0 &&
         info.height <= most_side && info.duration_ms <= most_duration_ms &&
         !info.video_codec.empty() && is_name(info.video_codec) && is_name(info.audio_codec) &&
         container_name(info.kind) != "unknown";
}

/// A valid answer without its code, or truncated.
result<video_info> read_fields(byte_reader& reader) {
  const auto kind = reader.u8();
  const auto duration = reader.u64();
  const auto width = reader.u32();
  const auto height = reader.u32();
  const auto rate = reader.u32();
  const auto bitrate = reader.u64();
  const auto video_codec = reader.sized(most_name_bytes);
  const auto audio_codec = reader.sized(most_name_bytes);
  const auto playable = reader.u8();
  const auto poster = reader.sized(most_poster_bytes);
  if (!kind || !duration || !width || !height || !rate || !bitrate || !video_codec ||
      !audio_codec || !playable || !poster) {
    return hearth::errc::truncated;
  }
  return video_info{static_cast<container>(*kind),
                    *duration,
                    *width,
                    *height,
                    *rate,
                    *bitrate,
                    std::string(as_text(*video_codec)),
                    std::string(as_text(*audio_codec)),
                    *playable != 0,
                    {poster->begin(), poster->end()}};
}

}  // namespace

bytes encode_report(const result<video_info>& report) {
  byte_writer writer;
  if (!report) {
    writer.u8(static_cast<std::uint8_t>(report.error().value()));
    return writer.take();
  }
  writer.u8(0);
  writer.u8(static_cast<std::uint8_t>(report->kind));
  writer.u64(report->duration_ms);
  writer.u32(report->width);
  writer.u32(report->height);
  writer.u32(report->frames_per_1000_s);
  writer.u64(report->bitrate_bps);
  writer.sized(as_bytes(report->video_codec));
  writer.sized(as_bytes(report->audio_codec));
  writer.u8(report->browser_playable ? 1 : 0);
  writer.sized(report->poster);
  return writer.take();
}

result<video_info> decode_report(byte_view data) {
  byte_reader reader(data);
  const auto code = reader.u8();
  if (!code || *code > static_cast<std::uint8_t>(errc::no_video)) return sandbox::errc::bad_answer;
  if (*code != 0) return static_cast<errc>(*code);
  auto info = read_fields(reader);
  if (!info || !reader.empty() || !plausible(*info)) return sandbox::errc::bad_answer;
  return info;
}

bool plays_in_browsers(container kind, std::string_view video_codec, std::string_view audio_codec,
                       bool common_pixels) {
  if (!common_pixels) return false;
  if (kind == container::mp4 || kind == container::m4v) {
    return one_of(video_codec, {"h264", "av1"}) && one_of(audio_codec, {"", "aac", "mp3"});
  }
  return kind == container::webm && one_of(video_codec, {"vp8", "vp9", "av1"}) &&
         one_of(audio_codec, {"", "opus", "vorbis"});
}

}  // namespace hearth::video
