#include "media/image/image_report.hpp"

#include "media/sandbox/errc.hpp"

namespace hearth::image {
namespace {

bool is_format(std::uint8_t value) {
  return value >= static_cast<std::uint8_t>(image_format::jpeg) &&
         value <= static_cast<std::uint8_t>(image_format::bmp);
}

bool plausible(const image_info& info, const image_limits& limits) {
  const auto pixels = std::uint64_t{info.width} * info.height;
  return pixels > 0 && pixels <= limits.max_pixels && info.frames > 0 &&
         info.frames <= limits.max_frames && as_text(info.thumbnail).starts_with("\xff\xd8\xff") &&
         as_text(info.placeholder).starts_with("RIFF");
}

}  // namespace

bytes encode_limits(const image_limits& limits) {
  byte_writer writer;
  writer.u64(limits.max_file_bytes);
  writer.u64(limits.max_pixels);
  writer.u32(limits.max_frames);
  return writer.take();
}

result<image_limits> decode_limits(byte_view data) {
  byte_reader reader(data);
  const auto file_bytes = reader.u64();
  const auto pixels = reader.u64();
  const auto frames = reader.u32();
  if (!file_bytes || !pixels || !frames) return hearth::errc::truncated;
  return image_limits{*file_bytes, *pixels, *frames};
}

bytes encode_report(const result<image_info>& report) {
  byte_writer writer;
  if (!report) {
    writer.u8(static_cast<std::uint8_t>(report.error().value()));
    return writer.take();
  }
  writer.u8(0);
  writer.u8(static_cast<std::uint8_t>(report->format));
  writer.u32(report->width);
  writer.u32(report->height);
  writer.u32(report->frames);
  writer.sized(report->thumbnail);
  writer.sized(report->placeholder);
  return writer.take();
}

result<image_info> decode_report(byte_view data, const image_limits& limits) {
  byte_reader reader(data);
  const auto code = reader.u8();
  if (!code) return sandbox::errc::bad_answer;
  if (*code != 0) {
    if (*code > static_cast<std::uint8_t>(errc::too_large)) return sandbox::errc::bad_answer;
    return static_cast<errc>(*code);
  }
  const auto format = reader.u8();
  const auto width = reader.u32();
  const auto height = reader.u32();
  const auto frames = reader.u32();
  const auto thumbnail = reader.sized(256 * 1024);
  const auto placeholder = reader.sized(4 * 1024);
  if (!format || !width || !height || !frames || !thumbnail || !placeholder || !reader.empty()) {
    return sandbox::errc::bad_answer;
  }
  if (!is_format(*format)) return sandbox::errc::bad_answer;
  image_info info{static_cast<image_format>(*format),
                  *width,
                  *height,
                  *frames,
                  {thumbnail->begin(), thumbnail->end()},
                  {placeholder->begin(), placeholder->end()}};
  if (!plausible(info, limits)) return sandbox::errc::bad_answer;
  return info;
}

}  // namespace hearth::image
