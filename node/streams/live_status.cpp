#include "node/streams/live_status.hpp"

#include <algorithm>
#include <cmath>

#include "node/streams/errc.hpp"
#include "store/base/codec.hpp"
#include "store/base/uuid.hpp"

namespace hearth::streams {
namespace {

constexpr std::int32_t max_side = 16'384;
constexpr std::size_t max_codec_bytes = 16;
constexpr std::int64_t max_time_ms = 253'402'300'799'999;  // the end of the year 9999

bool good(const live_status& status) {
  return is_uuid(status.stream_id) && status.started_ms >= 0 && status.started_ms <= max_time_ms &&
         status.width >= 0 && status.width <= max_side && status.height >= 0 &&
         status.height <= max_side && std::isfinite(status.fps) &&
         status.video_codec.size() <= max_codec_bytes && is_utf8(status.video_codec) &&
         status.audio_codec.size() <= max_codec_bytes && is_utf8(status.audio_codec);
}

}  // namespace

bytes encode_report(const live_report& report) {
  return encode(report);
}

result<live_report> decode_report(byte_view body) {
  auto report = decode<live_report>(body);
  if (!report) return report.error();
  const auto& streams = report->streams;
  if (streams.size() > most_reported || !std::all_of(streams.begin(), streams.end(), good)) {
    return errc::bad_field;
  }
  return report;
}

}  // namespace hearth::streams
