// Holds a stream's first packets until it is known which tracks it has and the picture can begin: a
// track that was configured but never comes would keep players waiting for it.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "media/live/packet.hpp"

namespace hearth::packager {

class start_gate {
 public:
  enum class verdict : std::uint8_t { wait, ready, no_key_frame };

  /// Takes the packet. `ready` when both tracks have come (the picture with a key frame), or one
  /// has been alone for a second; `no_key_frame` after 10 s of video without one. Holds at most a
  /// few seconds and 32 MiB.
  verdict offer(const live::packet& packet, bool video_configured);

  /// What was held, by decoding time, from the key frame on; the gate is empty then.
  std::vector<live::packet> take();
  void clear();
  /// Packets that were let go since the beginning.
  std::uint64_t dropped() const { return dropped_; }

 private:
  void restart(std::int64_t at_ms);
  void keep(const live::packet& packet);
  void drop_older(std::int64_t than_ms);
  bool holds(live::track_kind kind) const;

  std::vector<live::packet> held_;
  std::size_t held_bytes_ = 0;
  std::optional<std::int64_t> since_ms_;
  std::int64_t last_ms_ = 0;
  std::size_t offered_ = 0;
  std::uint64_t dropped_ = 0;
};

}  // namespace hearth::packager
