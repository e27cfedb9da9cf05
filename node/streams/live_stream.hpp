// One stream of this node while this process runs: its publisher, if there is one, and what is made
// of it (ring for players, HLS in memory, measures). Thread-safe: the publisher's strand feeds it,
// the API and players read it.
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "media/live/stream_ring.hpp"
#include "media/live/stream_stats.hpp"
#include "media/packager/hls_store.hpp"
#include "media/rtmp/gate.hpp"
#include "node/streams/viewer_count.hpp"

namespace hearth::streams {

enum class live_state : std::uint8_t { waiting, live, ended, error };
std::string_view state_name(live_state state);

/// A moment's view of a live stream.
struct live_facts {
  live_state state = live_state::waiting;
  std::string reason;      // why it ended or failed
  milliseconds started{};  // wall clock; of the present or last publisher
  milliseconds uptime{};
  live::stream_figures figures;
  std::uint64_t bytes_received = 0;
  std::uint64_t dropped = 0;
  std::size_t viewers = 0;
};

class live_stream : public std::enable_shared_from_this<live_stream> {
 public:
  /// Told (on the publisher's strand) when a publisher has begun or ended.
  using listener = std::function<void(const std::string& stream_id)>;

  live_stream(std::string id, packager::hls_options options, const clock& time, listener changed);

  /// A sink for a new publisher; null when a living one is connected. A dead one is put out first.
  std::shared_ptr<live::packet_sink> begin(std::weak_ptr<rtmp::publisher_control> control);
  /// Ends the publisher, who is told why. One whose connection is gone counts as lost from here
  /// on. False when there was none.
  bool end_publisher(std::string_view text);
  /// Whether the publisher has been silent for so long that it counts as dead.
  bool publisher_dead() const;

  live_facts facts() const;
  bool is_live() const;
  /// The ring that players read; null when nothing is live.
  std::shared_ptr<live::stream_ring> ring() const;
  const std::shared_ptr<packager::hls_store>& hls() const { return hls_; }
  viewer_count& viewers() { return viewers_; }
  const std::string& id() const { return id_; }

  /// Ends the playlist of a publisher that was lost and has not come back for a while.
  void tick();
  /// Whether the last publisher left so long ago that the stream's HLS need not be kept.
  bool long_over() const;

 private:
  class session;

  void ended(const session* which, live::end_reason reason, std::string text);
  void failed(const session* which, std::string text);

  const std::string id_;
  const packager::hls_options options_;
  const clock& clock_;
  const listener changed_;
  const std::shared_ptr<packager::hls_store> hls_;
  viewer_count viewers_;

  mutable std::mutex mutex_;
  std::shared_ptr<session> session_;
  live_facts last_;  // of the last publisher, when none is connected
  std::optional<milliseconds> lost_since_;
  std::optional<milliseconds> over_since_;  // no publisher any more
  std::string failure_;                     // why the present publisher is being ended
};

}  // namespace hearth::streams
