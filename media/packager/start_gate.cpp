#include "media/packager/start_gate.hpp"

namespace hearth::packager {
namespace {

using live::track_kind;

constexpr std::int64_t alone_ms = 1'000;
constexpr std::int64_t key_frame_within_ms = 10'000;
constexpr std::int64_t sound_before_key_ms = 500;
constexpr std::int64_t jump_back_ms = 1'000;
constexpr std::int64_t jump_ahead_ms = 10'000;
constexpr std::size_t most_held_packets = 2'000;
constexpr std::size_t most_held_bytes = 32u << 20;
constexpr std::size_t most_offered = 10'000;

bool by_time(const live::packet& a, const live::packet& b) {
  return a.dts_ms < b.dts_ms;
}

}  // namespace

start_gate::verdict start_gate::offer(const live::packet& packet, bool video_configured) {
  if (!since_ms_ || packet.dts_ms < last_ms_ - jump_back_ms ||
      packet.dts_ms > last_ms_ + jump_ahead_ms) {
    restart(packet.dts_ms);
  }
  last_ms_ = std::max(last_ms_, packet.dts_ms);
  ++offered_;
  const bool is_video = packet.kind == track_kind::video;
  const bool has_key = holds(track_kind::video);
  if (is_video && !has_key && !packet.key_frame) {
    ++dropped_;
  } else {
    if (is_video && !has_key) drop_older(packet.dts_ms);
    if (!is_video && video_configured && !has_key) drop_older(packet.dts_ms - sound_before_key_ms);
    keep(packet);
  }
  if (video_configured && !holds(track_kind::video)) {
    const bool hopeless = last_ms_ - *since_ms_ > key_frame_within_ms || offered_ > most_offered;
    return hopeless ? verdict::no_key_frame : verdict::wait;
  }
  if (holds(track_kind::video) && holds(track_kind::audio)) return verdict::ready;
  const bool full = held_.size() >= most_held_packets || held_bytes_ >= most_held_bytes;
  const bool alone = last_ms_ - held_.front().dts_ms >= alone_ms;
  return full || alone ? verdict::ready : verdict::wait;
}

std::vector<live::packet> start_gate::take() {
  auto out = std::exchange(held_, {});
  clear();
  std::stable_sort(out.begin(), out.end(), by_time);
  return out;
}

void start_gate::clear() {
  dropped_ += held_.size();
  held_.clear();
  held_bytes_ = 0;
  since_ms_.reset();
  offered_ = 0;
}

// The clock jumped before anything began. offered_ goes on, so that this has an end.
void start_gate::restart(std::int64_t at_ms) {
  const auto offered = offered_;
  clear();
  offered_ = offered;
  since_ms_ = at_ms;
  last_ms_ = at_ms;
}

void start_gate::keep(const live::packet& packet) {
  held_bytes_ += packet.payload->size();
  held_.push_back(packet);
}

void start_gate::drop_older(std::int64_t than_ms) {
  std::erase_if(held_, [this, than_ms](const live::packet& one) {
    if (one.dts_ms >= than_ms) return false;
    held_bytes_ -= one.payload->size();
    ++dropped_;
    return true;
  });
}

bool start_gate::holds(track_kind kind) const {
  return std::any_of(held_.begin(), held_.end(),
                     [kind](const live::packet& one) { return one.kind == kind; });
}

}  // namespace hearth::packager
