#include "media/live/stream_stats.hpp"

#include <algorithm>

namespace hearth::live {
namespace {

constexpr std::int64_t window_ms = 5000;
constexpr std::size_t most_samples = 4096;  // five seconds at 800 packets a second

}  // namespace

void stream_stats::on_config(const track_config& config) {
  std::lock_guard lock(mutex_);
  if (config.kind == track_kind::video) {
    figures_.video = config.codec;
    figures_.width = config.width;
    figures_.height = config.height;
  } else {
    figures_.audio = config.codec;
    figures_.sample_rate = config.sample_rate;
    figures_.channels = config.channels;
  }
}

void stream_stats::on_packet(const packet& packet) {
  const auto size = packet.payload ? packet.payload->size() : 0;
  std::lock_guard lock(mutex_);
  last_arrival_ = clock_.steady();
  figures_.bytes += size;
  if (packet.kind == track_kind::video) {
    ++figures_.video_packets;
    if (packet.key_frame) {
      if (last_key_ms_ >= 0 && packet.dts_ms >= last_key_ms_) {
        figures_.key_frame_interval = milliseconds(packet.dts_ms - last_key_ms_);
      }
      last_key_ms_ = packet.dts_ms;
    }
  } else {
    ++figures_.audio_packets;
  }
  recent_.push_back({packet.kind, packet.dts_ms, size});
  while (recent_.size() > most_samples || packet.dts_ms - recent_.front().dts_ms > window_ms) {
    recent_.pop_front();
  }
}

stream_figures stream_stats::figures() const {
  std::lock_guard lock(mutex_);
  auto out = figures_;
  if (clock_.steady() - last_arrival_ > milliseconds(window_ms)) return out;
  out.fps = measured_fps();
  out.bitrate_bps = measured_bitrate();
  return out;
}

double stream_stats::measured_fps() const {
  std::int64_t first = 0;
  std::int64_t last = 0;
  int count = 0;
  for (const auto& each : recent_) {
    if (each.kind != track_kind::video) continue;
    if (count++ == 0) first = each.dts_ms;
    last = each.dts_ms;
  }
  if (count < 2 || last <= first) return 0;
  return 1000.0 * (count - 1) / static_cast<double>(last - first);
}

std::uint64_t stream_stats::measured_bitrate() const {
  if (recent_.size() < 2) return 0;
  std::uint64_t total = 0;
  auto least = recent_.front().dts_ms;
  auto most = least;
  for (const auto& each : recent_) {
    total += each.size_bytes;
    least = std::min(least, each.dts_ms);
    most = std::max(most, each.dts_ms);
  }
  if (most <= least) return 0;
  return total * 8000 / static_cast<std::uint64_t>(most - least);
}

}  // namespace hearth::live
