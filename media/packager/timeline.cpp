#include "media/packager/timeline.hpp"

#include "media/packager/mp4_writer.hpp"

namespace hearth::packager {
namespace {

constexpr std::int64_t longest_composition_ms = 10'000;

constexpr int aac_rates[] = {96'000, 88'200, 64'000, 48'000, 44'100, 32'000, 24'000,
                             22'050, 16'000, 12'000, 11'025, 8'000,  7'350};

class bits {
 public:
  explicit bits(byte_view data) : data_(data) {}
  int take(int count) {
    int value = 0;
    for (int i = 0; i < count; ++i, ++at_) {
      const auto byte = at_ / 8 < data_.size() ? data_[at_ / 8] : std::uint8_t{0};
      value = value << 1 | (byte >> (7 - at_ % 8) & 1);
    }
    return value;
  }
  bool over() const { return at_ > data_.size() * 8; }

 private:
  byte_view data_;
  std::size_t at_ = 0;
};

int take_object_type(bits& in) {
  const int type = in.take(5);
  return type == 31 ? 32 + in.take(6) : type;
}

int take_rate(bits& in) {
  const int index = in.take(4);
  if (index == 15) return in.take(24);
  return index < 13 ? aac_rates[index] : 0;
}

}  // namespace

result<aac_facts> read_aac_config(byte_view record) {
  bits in(record);
  aac_facts facts;
  facts.object_type = take_object_type(in);
  facts.sample_rate = take_rate(in);
  const int channels = in.take(4);
  facts.channels = channels == 7 ? 8 : channels;
  int core = facts.object_type;
  if (core == 5 || core == 29) {  // SBR or PS announced: the core coder follows
    take_rate(in);
    core = take_object_type(in);
  }
  facts.frame_samples = in.take(1) != 0 ? 960 : 1'024;
  if (in.over() || core == 0 || facts.sample_rate < 7'000 || facts.sample_rate > 192'000) {
    return errc::bad_config;
  }
  return facts;
}

std::int64_t opus_samples(byte_view packet) {
  if (packet.empty()) return 0;
  const int config = packet[0] >> 3;
  std::int64_t frame = 0;
  if (config < 12) {
    constexpr std::int64_t silk[] = {480, 960, 1'920, 2'880};
    frame = silk[config % 4];
  } else if (config < 16) {
    frame = config % 2 == 0 ? 480 : 960;
  } else {
    frame = std::int64_t{120} << (config % 4);
  }
  const int code = packet[0] & 3;
  if (code == 0) return frame;
  if (code < 3) return 2 * frame;
  if (packet.size() < 2) return 0;
  const auto samples = frame * (packet[1] & 63);
  return samples <= 5'760 ? samples : 0;
}

result<track_timeline> track_timeline::create(const live::track_config& config) {
  track_timeline made;
  made.codec_ = config.codec;
  const auto scale = ticks_per_second(config);
  if (!scale) return scale.error();
  made.scale_ = *scale;
  if (config.codec == live::codec_id::aac) {
    made.frame_ticks_ = read_aac_config(config.record)->frame_samples;
  }
  return made;
}

placed track_timeline::place(const live::packet& packet, std::int64_t base_ms) {
  const auto relative = std::max<std::int64_t>(packet.dts_ms - base_ms, 0);
  placed at;
  at.dts = relative * scale_ / 1000;
  if (packet.kind == live::track_kind::audio) {
    at.duration = codec_ == live::codec_id::opus ? opus_samples(*packet.payload) : frame_ticks_;
    // Two frames' worth of rounding and jitter, at least 40 ms, is not a gap.
    const auto tolerance = std::max(scale_ * 40 / 1000, 2 * at.duration);
    const auto off = at.dts - expected_dts_;
    if (expected_dts_ >= 0 && off <= tolerance && off >= -tolerance) at.dts = expected_dts_;
  }
  at.dts = std::max(at.dts, last_dts_ + 1);
  last_dts_ = at.dts;
  expected_dts_ = at.dts + at.duration;
  const auto composition =
      std::clamp<std::int64_t>(packet.pts_ms - packet.dts_ms, 0, longest_composition_ms);
  const bool video = packet.kind == live::track_kind::video;
  at.pts = video ? at.dts + composition * scale_ / 1000 : at.dts;
  return at;
}

}  // namespace hearth::packager
