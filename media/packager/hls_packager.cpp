#include "media/packager/hls_packager.hpp"

#include "media/packager/codec_string.hpp"

namespace hearth::packager {
namespace {

using live::track_kind;

constexpr std::size_t most_packet_bytes = 16u << 20;
constexpr std::size_t most_part_bytes = 8u << 20;
constexpr std::size_t most_part_samples = 4'096;
constexpr std::size_t most_segment_bytes = 32u << 20;
constexpr std::size_t most_segment_parts = 400;
constexpr std::size_t most_unconfigured_packets = 5'000;
constexpr std::int64_t largest_time_ms = std::int64_t{1} << 50;
constexpr std::int64_t jump_back_ms = 1'000;  // a clock that was set, not jitter
constexpr std::int64_t jump_ahead_ms = 10'000;
constexpr std::int64_t silence_ms = 3'000;  // sound that has gone would hold up the picture
constexpr std::int64_t shortest_first_segment_ms = 500;
constexpr std::int64_t late_picture_ms = 100;
constexpr std::int64_t usual_frame_ms = 33;
constexpr std::size_t most_changes = 20;  // in change_window
constexpr milliseconds change_window{60'000};
constexpr milliseconds rejoin_after{10'000};

bool same(const live::track_config& a, const live::track_config& b) {
  return a.codec == b.codec && a.record == b.record && a.width == b.width && a.height == b.height;
}

bool out_of_range(std::int64_t time_ms) {
  return time_ms > largest_time_ms || time_ms < -largest_time_ms;
}

}  // namespace

hls_packager::hls_packager(std::shared_ptr<hls_store> store, const clock& time,
                           failure_handler on_failure)
    : store_(std::move(store)), clock_(time), on_failure_(std::move(on_failure)) {}

hls_packager::~hls_packager() = default;

void hls_packager::on_config(const live::track_config& config) {
  auto& own = of(config.kind);
  if (over_ || (own.config && same(*own.config, config))) return;
  if (own.timeline) {
    end_epoch(true);
    if (!note_change()) return;
  }
  if (writer_ == nullptr) gate_.clear();
  own.config = config;
}

void hls_packager::on_packet(const live::packet& packet) {
  if (over_) return;
  ++stats_.packets;
  if (!acceptable(packet)) return;
  if (writer_ != nullptr && breaks_epoch(packet)) {
    end_epoch(true);
    if (!note_change()) return;
  }
  if (writer_ == nullptr) {
    gather(packet);
  } else {
    write(packet);
  }
}

void hls_packager::on_end(live::end_reason reason, std::string_view) {
  if (over_) return;
  const bool returns = reason == live::end_reason::lost;
  end_epoch(returns);
  over_ = true;
  if (!returns) store_->end();
}

packager_stats hls_packager::stats() const {
  auto all = stats_;
  all.dropped_packets += gate_.dropped();
  return all;
}

std::string hls_packager::codecs() const {
  std::string all;
  for (const auto* one : {&video_, &audio_}) {
    if (!one->config) continue;
    const auto name = codec_string(*one->config);
    if (!name) continue;
    if (!all.empty()) all += ',';
    all += *name;
  }
  return all;
}

bool hls_packager::acceptable(const live::packet& packet) {
  const bool empty = packet.payload == nullptr || packet.payload->empty();
  if (!empty && packet.payload->size() > most_packet_bytes) {
    fail(errc::packet_too_large, "a frame of " + std::to_string(packet.payload->size()) +
                                     " bytes was sent; at most " +
                                     std::to_string(most_packet_bytes) + " are taken");
    return false;
  }
  const bool configured = of(packet.kind).config.has_value();
  if (!empty && configured && !out_of_range(packet.dts_ms) && !out_of_range(packet.pts_ms)) {
    if (writer_ == nullptr || of(packet.kind).timeline || may_join(packet)) return true;
  }
  ++stats_.dropped_packets;
  if (!configured && writer_ == nullptr && ++unconfigured_packets_ > most_unconfigured_packets) {
    fail(errc::bad_config, "the publisher sends frames but no codec configuration");
  }
  return false;
}

// Whether a track that the epoch lacks may begin a new one: not too often, and video at a key
// frame.
bool hls_packager::may_join(const live::packet& packet) const {
  if (!packet.key_frame) return false;
  return changes_.empty() || clock_.steady() - changes_.back() > rejoin_after;
}

// A track that was not in the epoch, a clock that was set, or sound that has gone.
bool hls_packager::breaks_epoch(const live::packet& packet) {
  const auto& own = of(packet.kind);
  if (!own.timeline) return true;
  const auto step = packet.dts_ms - own.last_dts_ms;
  if (step < -jump_back_ms || step > jump_ahead_ms) return true;
  return packet.kind == track_kind::video && audio_.timeline &&
         packet.dts_ms - audio_.last_dts_ms > silence_ms;
}

void hls_packager::gather(const live::packet& packet) {
  switch (gate_.offer(packet, video_.config.has_value())) {
    case start_gate::verdict::wait:
      return;
    case start_gate::verdict::ready:
      return begin_epoch();
    case start_gate::verdict::no_key_frame:
      fail(errc::no_key_frame,
           "no key frame came within 10 s; set the encoder's key frame interval to 2 s");
  }
}

void hls_packager::begin_epoch() {
  const auto first = gate_.take();
  if (const auto opened = open_writer(first); !opened) {
    const auto code = opened.error();
    return fail(code, "the stream can't be packaged: " + code.message());
  }
  base_ms_ = first.front().dts_ms;
  base_wall_ = clock_.wall() - milliseconds(first.back().dts_ms - base_ms_);
  video_.last_dts_ms = audio_.last_dts_ms = base_ms_;
  now_ms_ = part_start_ms_ = segment_start_ms_ = 0;
  frame_ms_ = usual_frame_ms;
  segment_bytes_ = segment_parts_ = 0;
  first_segment_ = true;
  part_has_video_ = part_independent_ = part_starts_with_key_ = false;
  store_->begin_epoch(writer_->init());
  for (const auto& packet : first) {
    if (over_) return;
    write(packet);
  }
}

result<void> hls_packager::open_writer(const std::vector<live::packet>& first) {
  std::vector<live::track_config> configs;
  for (auto* own : {&video_, &audio_}) {
    const auto kind = own == &video_ ? track_kind::video : track_kind::audio;
    const bool comes = std::any_of(first.begin(), first.end(), [kind](const live::packet& packet) {
      return packet.kind == kind;
    });
    if (!comes) continue;
    auto timeline = track_timeline::create(*own->config);
    if (!timeline) return timeline.error();
    own->timeline = *timeline;
    own->index = configs.size();
    configs.push_back(*own->config);
  }
  auto writer = mp4_writer::create(configs);
  if (!writer) return writer.error();
  writer_ = std::move(*writer);
  return {};
}

// A sliver of a segment before a discontinuity is let go: players stumble over one of a few frames
// whose sound is missing.
bool hls_packager::is_sliver() const {
  return segment_parts_ == 0 && now_ms_ - segment_start_ms_ < store_->options().part.count();
}

void hls_packager::end_epoch(bool goes_on) {
  if (writer_ != nullptr && !(goes_on && is_sliver())) {
    if (pending_) now_ms_ += frame_ms_;
    append_pending(frame_ms_ * (video_.timeline ? video_.timeline->scale() : 0) / 1000);
    if (writer_ != nullptr && writer_->samples() != 0) cut(true);
  }
  writer_.reset();
  pending_.reset();
  video_.timeline.reset();
  audio_.timeline.reset();
}

// False when this was one change too many: the stream has failed then.
bool hls_packager::note_change() {
  if (over_) return false;
  ++stats_.discontinuities;
  const auto now = clock_.steady();
  std::erase_if(changes_, [now](milliseconds at) { return now - at > change_window; });
  changes_.push_back(now);
  if (changes_.size() <= most_changes) return true;
  fail(errc::too_many_changes, "the configuration or clock changed more than " +
                                   std::to_string(most_changes) + " times within a minute");
  return false;
}

void hls_packager::write(const live::packet& packet) {
  auto& own = of(packet.kind);
  const bool decides = packet.kind == track_kind::video || !video_.timeline;
  const auto at = own.timeline->place(packet, base_ms_);
  if (packet.kind == track_kind::video) append_pending(at.dts - pending_at_.dts);
  if (over_) return;
  cut_before(packet, std::max(now_ms_, packet.dts_ms - base_ms_), decides);
  if (over_) return;
  const auto step = packet.dts_ms - own.last_dts_ms;
  if (decides && step > 0) frame_ms_ = step;
  own.last_dts_ms = std::max(own.last_dts_ms, packet.dts_ms);
  if (packet.kind == track_kind::audio) return append(own, packet, at);
  pending_ = packet;
  pending_at_ = at;
}

// A cut lies where a frame of the deciding track begins; sound cuts only when the picture is late.
void hls_packager::cut_before(const live::packet& packet, std::int64_t at_ms, bool decides) {
  const bool has_samples = writer_->samples() != 0;
  const bool ends_segment = has_samples && ends_segment_before(packet, at_ms);
  const bool ends_part = has_samples && (ends_segment || ends_part_before(packet, at_ms));
  if (decides || ends_part) now_ms_ = at_ms;
  if (ends_part) cut(ends_segment);
}

bool hls_packager::ends_segment_before(const live::packet& packet, std::int64_t at_ms) const {
  const auto& options = store_->options();
  const auto length = at_ms - segment_start_ms_;
  const bool can_begin = packet.kind == track_kind::video ? packet.key_frame : !video_.timeline;
  // The first one may be short: nothing plays before it is complete.
  const auto wanted =
      first_segment_ ? std::min<std::int64_t>(options.segment.count(), shortest_first_segment_ms)
                     : options.segment.count();
  if (can_begin && 2 * length + frame_ms_ >= 2 * wanted) return true;
  return length >= options.longest_segment.count() || segment_parts_ >= most_segment_parts ||
         segment_bytes_ + writer_->fragment_bytes() >= most_segment_bytes;
}

bool hls_packager::ends_part_before(const live::packet& packet, std::int64_t at_ms) const {
  if (writer_->samples() >= most_part_samples || writer_->fragment_bytes() >= most_part_bytes) {
    return true;
  }
  const auto length = at_ms - part_start_ms_;
  const auto wanted = store_->options().part.count();
  // Sound waits a little for the picture, so that a part ends where a frame begins.
  if (packet.kind == track_kind::audio && video_.timeline)
    return length >= wanted + late_picture_ms;
  return 2 * length + frame_ms_ >= 2 * wanted;
}

void hls_packager::append_pending(std::int64_t duration) {
  if (!pending_) return;
  pending_at_.duration = duration;
  append(video_, *std::exchange(pending_, {}), pending_at_);
}

void hls_packager::append(track& to, const live::packet& packet, const placed& at) {
  mp4_sample sample;
  sample.dts = at.dts;
  sample.pts = at.pts;
  sample.duration = std::max<std::int64_t>(at.duration, 1);
  sample.key_frame = packet.key_frame;
  sample.data = *packet.payload;
  if (packet.kind == track_kind::video && !std::exchange(part_has_video_, true)) {
    part_starts_with_key_ = packet.key_frame;
  }
  part_independent_ |= packet.kind == track_kind::video && packet.key_frame;
  if (const auto added = writer_->add(to.index, sample); !added) {
    fail(added.error(), "a frame can't be written as MP4");
  }
}

void hls_packager::cut(bool ends_segment) {
  const auto body = writer_->end_fragment();
  if (!body) return fail(body.error(), "a fragment can't be written as MP4");
  hls_part part;
  part.body = *body;
  part.duration = milliseconds(now_ms_ - part_start_ms_);
  part.wall = base_wall_ + milliseconds(part_start_ms_);
  part.independent = part_independent_ || !video_.timeline;
  part.starts_with_key = part_starts_with_key_ || !video_.timeline;
  part.ends_segment = ends_segment;
  segment_bytes_ += part.body->size();
  ++segment_parts_;
  ++stats_.parts;
  store_->add_part(std::move(part));
  part_start_ms_ = now_ms_;
  part_has_video_ = part_independent_ = part_starts_with_key_ = false;
  if (!ends_segment) return;
  segment_start_ms_ = now_ms_;
  segment_bytes_ = segment_parts_ = 0;
  first_segment_ = false;
}

void hls_packager::fail(error_code code, std::string reason) {
  if (std::exchange(over_, true)) return;
  writer_.reset();
  pending_.reset();
  gate_.clear();
  store_->end();
  if (on_failure_) on_failure_(code, std::move(reason));
}

}  // namespace hearth::packager
