#include "node/streams/live_stream.hpp"

#include <atomic>

#include "media/packager/hls_packager.hpp"
#include "store/base/log.hpp"

namespace hearth::streams {
namespace {

/// A publisher that has sent nothing for this long makes room for another.
constexpr milliseconds dead_after = std::chrono::seconds(10);
/// How long the playlist of a lost publisher stays open for its return.
constexpr milliseconds return_grace = std::chrono::seconds(20);
/// How long what was made of a stream is kept in memory after its end.
constexpr milliseconds kept_after_end = std::chrono::minutes(5);

}  // namespace

std::string_view state_name(live_state state) {
  switch (state) {
    case live_state::waiting:
      return "waiting";
    case live_state::live:
      return "live";
    case live_state::ended:
      return "ended";
    case live_state::error:
      return "error";
  }
  return "error";
}

/// One publisher's time on the stream: what its packets go to, until it ends or is retired because
/// another publisher has taken over.
class live_stream::session final : public live::packet_sink {
 public:
  session(std::shared_ptr<live_stream> owner, std::weak_ptr<rtmp::publisher_control> control)
      : owner_(std::move(owner)),
        control_(std::move(control)),
        started_wall_(owner_->clock_.wall()),
        started_steady_(owner_->clock_.steady()),
        stats_(owner_->clock_),
        packager_(owner_->hls_, owner_->clock_, [this](error_code, std::string reason) {
          owner_->failed(this, std::move(reason));
        }) {}

  void on_config(const live::track_config& config) override {
    std::lock_guard lock(feeding_);
    if (over_) return;
    ring_->on_config(config);
    stats_.on_config(config);
    packager_.on_config(config);
  }

  void on_packet(const live::packet& packet) override {
    std::lock_guard lock(feeding_);
    if (over_) return;
    ring_->on_packet(packet);
    stats_.on_packet(packet);
    packager_.on_packet(packet);
    count_dropped();
  }

  void on_end(live::end_reason reason, std::string_view text) override {
    retire(reason, text);
    // The owner drops this session here; keep it alive until the call is over.
    const auto owner = owner_;
    owner->ended(this, reason, std::string(text));
  }

  /// What comes later is ignored. When it is called the playlist belongs to this session; after it
  /// to the next one. Must not be called under the owner's mutex.
  void retire(live::end_reason reason, std::string_view text) {
    std::lock_guard lock(feeding_);
    if (std::exchange(over_, true)) return;
    ring_->on_end(reason, text);
    packager_.on_end(reason, text);
  }

  std::shared_ptr<rtmp::publisher_control> control() const { return control_.lock(); }
  const std::shared_ptr<live::stream_ring>& ring() const { return ring_; }

  live_facts facts() const {
    live_facts out;
    out.state = live_state::live;
    out.started = started_wall_;
    out.uptime = owner_->clock_.steady() - started_steady_;
    out.figures = stats_.figures();
    if (const auto control = control_.lock()) bytes_received_ = control->bytes_received();
    out.bytes_received = bytes_received_;
    out.dropped = dropped_;
    return out;
  }

 private:
  /// What comes before the first picture that can be shown was not lost by anybody.
  void count_dropped() {
    const auto& stats = packager_.stats();
    if (stats.parts == 0) dropped_before_ = stats.dropped_packets;
    dropped_ = stats.dropped_packets - dropped_before_;
  }

  const std::shared_ptr<live_stream> owner_;
  const std::weak_ptr<rtmp::publisher_control> control_;
  const milliseconds started_wall_;
  const milliseconds started_steady_;
  const std::shared_ptr<live::stream_ring> ring_ = std::make_shared<live::stream_ring>();
  live::stream_stats stats_;
  std::mutex feeding_;  // the publisher's strand feeds, another thread may retire
  packager::hls_packager packager_;
  bool over_ = false;
  mutable std::atomic<std::uint64_t> bytes_received_ = 0;
  std::atomic<std::uint64_t> dropped_ = 0;
  std::uint64_t dropped_before_ = 0;
};

live_stream::live_stream(std::string id, packager::hls_options options, const clock& time,
                         listener changed)
    : id_(std::move(id)),
      options_(options),
      clock_(time),
      changed_(std::move(changed)),
      hls_(std::make_shared<packager::hls_store>(options_)),
      viewers_(time) {}

std::shared_ptr<live::packet_sink> live_stream::begin(
    std::weak_ptr<rtmp::publisher_control> control) {
  std::shared_ptr<session> made;
  std::shared_ptr<session> replaced;
  {
    std::lock_guard lock(mutex_);
    if (session_) {
      const auto holder = session_->control();
      const bool dead = !holder || clock_.steady() - holder->last_data() > dead_after;
      if (!dead) return nullptr;
      if (holder) holder->end(rtmp::code_denied, "another publisher took over this stream");
      last_ = session_->facts();
    }
    made = std::make_shared<session>(shared_from_this(), std::move(control));
    replaced = std::exchange(session_, made);
    lost_since_.reset();
    over_since_.reset();
    failure_.clear();
  }
  // Before the first packet of the new one: its playlist goes on after a discontinuity.
  if (replaced) replaced->retire(live::end_reason::lost, "another publisher took over");
  changed_(id_);
  return made;
}

bool live_stream::end_publisher(std::string_view text) {
  std::shared_ptr<session> held;
  {
    std::lock_guard lock(mutex_);
    held = session_;
  }
  if (!held) return false;
  if (const auto control = held->control()) {
    control->end(rtmp::code_denied, text);
  } else {
    held->on_end(live::end_reason::lost, "the publisher's connection is gone");
  }
  return true;
}

bool live_stream::publisher_dead() const {
  std::lock_guard lock(mutex_);
  if (!session_) return false;
  const auto control = session_->control();
  return !control || clock_.steady() - control->last_data() > dead_after;
}

live_facts live_stream::facts() const {
  std::shared_ptr<session> held;
  live_facts out;
  {
    std::lock_guard lock(mutex_);
    held = session_;
    if (!held) out = last_;
  }
  if (held) out = held->facts();
  out.viewers = viewers_.now();
  return out;
}

bool live_stream::is_live() const {
  std::lock_guard lock(mutex_);
  return session_ != nullptr;
}

std::shared_ptr<live::stream_ring> live_stream::ring() const {
  std::lock_guard lock(mutex_);
  return session_ ? session_->ring() : nullptr;
}

void live_stream::tick() {
  bool give_up = false;
  {
    std::lock_guard lock(mutex_);
    give_up = lost_since_ && clock_.steady() - *lost_since_ > return_grace;
    if (give_up) lost_since_.reset();
  }
  if (give_up) hls_->end();
}

bool live_stream::long_over() const {
  std::lock_guard lock(mutex_);
  return over_since_ && clock_.steady() - *over_since_ > kept_after_end;
}

void live_stream::ended(const session* which, live::end_reason reason, std::string text) {
  {
    std::lock_guard lock(mutex_);
    if (session_.get() != which) return;  // another publisher has taken over
    last_ = which->facts();
    last_.state = reason == live::end_reason::failed ? live_state::error : live_state::ended;
    last_.reason = std::move(text);
    if (!failure_.empty()) {
      last_.state = live_state::error;
      last_.reason = std::exchange(failure_, {});
    }
    if (reason == live::end_reason::lost) lost_since_ = clock_.steady();
    over_since_ = clock_.steady();
    session_.reset();
  }
  changed_(id_);
}

void live_stream::failed(const session* which, std::string text) {
  log::warn("streams", "stream " + id_ + " can't be packaged: " + text);
  std::shared_ptr<rtmp::publisher_control> control;
  {
    std::lock_guard lock(mutex_);
    if (session_.get() != which) return;
    failure_ = text;
    control = session_->control();
  }
  if (control) control->end(rtmp::code_denied, text);
}

}  // namespace hearth::streams
