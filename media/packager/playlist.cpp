// The text of a media playlist: RFC 8216 and draft-pantos-hls-rfc8216bis, sections 4.4.
#include <cstdio>

#include "media/packager/hls_name.hpp"
#include "media/packager/hls_window.hpp"

namespace hearth::packager {
namespace {

std::string seconds(milliseconds duration) {
  char text[40];
  const auto count = static_cast<long long>(duration.count());
  std::snprintf(text, sizeof text, "%lld.%03lld", count / 1000, count % 1000);
  return text;
}

void add_parts(std::string& out, const hls_segment& segment) {
  for (std::size_t i = 0; i < segment.parts.size(); ++i) {
    const auto& part = segment.parts[i];
    out += "#EXT-X-PART:DURATION=" + seconds(part.duration) + ",URI=\"" +
           hls_name{hls_kind::part, segment.number, i}.text() + "\"";
    out += part.independent ? ",INDEPENDENT=YES\n" : "\n";
  }
}

// Writes what stands before a segment's parts and address; map is the init segment in force.
void add_heading(std::string& out, const hls_segment& segment, std::optional<std::uint64_t>& map) {
  if (segment.discontinuity) out += "#EXT-X-DISCONTINUITY\n";
  if (map != segment.init) {
    map = segment.init;
    out += "#EXT-X-MAP:URI=\"" + hls_name{hls_kind::init, segment.init}.text() + "\"\n";
  }
  out += "#EXT-X-PROGRAM-DATE-TIME:" + to_rfc3339(segment.wall) + "\n";
}

// Parts differ by a millisecond or two; the playlist says the same for all of them.
milliseconds round_up(milliseconds duration) {
  return (duration + milliseconds(9)) / 10 * 10;
}

}  // namespace

std::string hls_window::playlist() const {
  const auto first = first_listed();
  const auto first_parts = complete_.size() - std::min(complete_.size(), options_.parts_segments);
  auto discontinuities = dropped_discontinuities_;
  bool independent = growing_.part_count == 0 || growing_.independent;
  auto part_target = options_.part;
  for (std::size_t i = 0; i < complete_.size(); ++i) {
    const auto& segment = complete_[i];
    if (i < first && segment.discontinuity) ++discontinuities;
    if (i >= first) independent = independent && segment.independent;
    if (i < first_parts) continue;
    for (const auto& part : segment.parts)
      part_target = std::max(part_target, part.duration);
  }
  for (const auto& part : growing_.parts)
    part_target = std::max(part_target, part.duration);
  part_target = round_up(part_target);

  std::string out = "#EXTM3U\n#EXT-X-VERSION:9\n";
  out.reserve(6'000);
  out += "#EXT-X-TARGETDURATION:" + std::to_string(target_duration_.count() / 1000) + "\n";
  out += "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=" + seconds(part_target * 3) +
         "\n";
  out += "#EXT-X-PART-INF:PART-TARGET=" + seconds(part_target) + "\n";
  out += "#EXT-X-MEDIA-SEQUENCE:" + std::to_string(complete_[first].number) + "\n";
  out += "#EXT-X-DISCONTINUITY-SEQUENCE:" + std::to_string(discontinuities) + "\n";
  if (independent) out += "#EXT-X-INDEPENDENT-SEGMENTS\n";
  std::optional<std::uint64_t> map;
  for (std::size_t i = first; i < complete_.size(); ++i) {
    const auto& segment = complete_[i];
    add_heading(out, segment, map);
    if (i >= first_parts) add_parts(out, segment);
    out += "#EXTINF:" + seconds(segment.duration) + ",\n";
    out += hls_name{hls_kind::segment, segment.number}.text() + "\n";
  }
  if (growing_.part_count != 0) {
    add_heading(out, growing_, map);
    add_parts(out, growing_);
  }
  if (ended_) return out + "#EXT-X-ENDLIST\n";
  return out + "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"" +
         hls_name{hls_kind::part, growing_.number, growing_.part_count}.text() + "\"\n";
}

}  // namespace hearth::packager
