#include "node/streams/stream_operation.hpp"

#include <algorithm>

#include "node/streams/errc.hpp"
#include "store/base/codec.hpp"
#include "store/base/uuid.hpp"

namespace hearth::streams {
namespace {

constexpr std::size_t max_time_bytes = 40;
constexpr std::size_t max_reason_bytes = 400;
constexpr std::uint32_t max_bitrate_kbps = 1'000'000;

bool good_text(const std::string& text, std::size_t limit) {
  return text.size() <= limit && is_utf8(text);
}

}  // namespace

bool good_resolution(std::string_view preset) {
  constexpr std::array<std::string_view, 6> presets{"", "480p", "720p", "1080p", "2K", "4K"};
  return std::find(presets.begin(), presets.end(), preset) != presets.end();
}

bool good_form(const stream_form& form) {
  return !form.name.empty() && good_text(form.name, max_name_bytes) &&
         good_text(form.description, max_description_bytes) && good_resolution(form.resolution) &&
         form.bitrate_kbps <= max_bitrate_kbps && good_text(form.planned_start, max_time_bytes) &&
         good_text(form.planned_end, max_time_bytes);
}

bytes encode_operation(const stream_operation& operation) {
  return encode(operation);
}
bytes encode_secret(const stream_secret& secret) {
  return encode(secret);
}

result<stream_operation> decode_operation(byte_view payload) {
  auto operation = decode<stream_operation>(payload);
  if (!operation) return operation.error();
  const bool good = is_uuid(operation->stream_id) &&
                    (!operation->form || good_form(*operation->form)) &&
                    (!operation->ending || good_text(operation->ending->reason, max_reason_bytes));
  if (!good) return errc::bad_field;
  return operation;
}

result<stream_secret> decode_secret(byte_view payload) {
  auto secret = decode<stream_secret>(payload);
  if (!secret) return secret.error();
  if (!is_uuid(secret->stream_id)) return errc::bad_field;
  return secret;
}

}  // namespace hearth::streams
