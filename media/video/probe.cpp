#include "media/video/probe.hpp"

#include <cmath>

#include "media/video/media_file.hpp"
#include "media/video/poster.hpp"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
}

namespace hearth::video {
namespace {

/// How often the picture is to be turned clockwise by a quarter.
int quarter_turns(AVStream& stream) {
  std::size_t size = 0;
  const auto* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
  if (matrix == nullptr || size < 9 * sizeof(std::int32_t)) return 0;
  std::array<std::int32_t, 9> values{};
  std::copy_n(matrix, sizeof values, reinterpret_cast<std::uint8_t*>(values.data()));
  const double degrees = av_display_rotation_get(values.data());
  if (!std::isfinite(degrees)) return 0;
  return static_cast<int>(std::lround(-degrees / 90) % 4 + 4) % 4;
}

std::uint64_t duration_ms(const AVFormatContext& context) {
  if (context.duration == AV_NOPTS_VALUE || context.duration < 0) return 0;
  return static_cast<std::uint64_t>(context.duration) / (AV_TIME_BASE / 1000);
}

std::uint64_t bitrate(const AVFormatContext& context, std::uint64_t size, std::uint64_t length_ms) {
  if (context.bit_rate > 0) return static_cast<std::uint64_t>(context.bit_rate);
  return length_ms == 0 ? 0 : size * 8000 / length_ms;
}

std::uint32_t frame_rate(const AVStream& stream) {
  const auto rate = av_q2d(stream.avg_frame_rate);
  if (!std::isfinite(rate) || rate <= 0 || rate > 10'000) return 0;
  return static_cast<std::uint32_t>(std::lround(rate * 1000));
}

bool has_common_pixels(const AVStream& stream) {
  switch (stream.codecpar->format) {
    case AV_PIX_FMT_YUV420P:
    case AV_PIX_FMT_YUVJ420P:
    case AV_PIX_FMT_NONE:
      return true;
    default:
      return false;
  }
}

video_info describe(media_file& file, container kind, AVStream& picture) {
  auto& context = *file.context();
  video_info info;
  info.kind = kind;
  info.duration_ms = duration_ms(context);
  info.width = static_cast<std::uint32_t>(picture.codecpar->width);
  info.height = static_cast<std::uint32_t>(picture.codecpar->height);
  info.frames_per_1000_s = frame_rate(picture);
  info.bitrate_bps = bitrate(context, file.size(), info.duration_ms);
  info.video_codec = avcodec_get_name(picture.codecpar->codec_id);
  if (const auto* sound = file.best(AVMEDIA_TYPE_AUDIO)) {
    info.audio_codec = avcodec_get_name(sound->codecpar->codec_id);
  }
  info.browser_playable =
      plays_in_browsers(kind, info.video_codec, info.audio_codec, has_common_pixels(picture));
  return info;
}

}  // namespace

void start_video_library() {
  av_log_set_level(AV_LOG_ERROR);
}

result<video_info> examine_video(int file) {
  const auto kind = sniff_video(read_head(file, sniff_bytes));
  if (!kind) return kind.error();
  auto opened = media_file::open(file, *kind);
  if (!opened) return opened.error();
  auto* picture = (*opened)->best(AVMEDIA_TYPE_VIDEO);
  if (picture == nullptr) return errc::no_video;
  if (picture->codecpar->width <= 0 || picture->codecpar->height <= 0) return errc::damaged;
  auto info = describe(**opened, *kind, *picture);
  const int turns = quarter_turns(*picture);
  if (turns % 2 != 0) std::swap(info.width, info.height);
  info.poster = make_poster(**opened, *picture, turns);
  return info;
}

}  // namespace hearth::video
