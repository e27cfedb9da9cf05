// What the RTMP server needs from the owner of the streams: who may publish or play, and where the
// packets go. Declared here, implemented above (node/streams).
//
// Threads: open_publish and open_play are awaited on the connection's strand; the implementation
// hops to its own executor where it must. They must answer soon: the connection's deadline runs on.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "media/live/packet.hpp"
#include "media/live/stream_ring.hpp"
#include "store/base/clock.hpp"
#include "store/base/result.hpp"

namespace hearth::rtmp {

/// NetStream status codes of a refusal or of an end by the owner.
inline constexpr std::string_view code_bad_name = "NetStream.Publish.BadName";
inline constexpr std::string_view code_denied = "NetStream.Publish.Denied";
inline constexpr std::string_view code_not_found = "NetStream.Play.StreamNotFound";
inline constexpr std::string_view code_play_failed = "NetStream.Play.Failed";

/// The owner's hold on a publisher that is connected. Thread-safe.
class publisher_control {
 public:
  virtual ~publisher_control() = default;
  /// Tells the publisher why (onStatus of level error), ends its stream with end_reason::stopped
  /// and closes. Returns at once; later calls do nothing.
  virtual void end(std::string_view code, std::string_view text) = 0;
  /// Bytes off the network, protocol included.
  virtual std::uint64_t bytes_received() const = 0;
  /// clock::steady() when the newest bytes came.
  virtual milliseconds last_data() const = 0;
};

struct publish_request {
  std::string app;
  std::string key;              // never log it
  std::string client_address;   // without the port
  std::string client_software;  // as it calls itself: hostile text, at most 100 bytes
  std::weak_ptr<publisher_control> control;
};

struct publish_decision {
  std::shared_ptr<live::packet_sink> sink;  // null: refused, for the reason below
  std::string code;                         // e.g. code_bad_name
  std::string text;                         // for the person at the encoder
  std::string label;                        // names the stream in log lines; not the key
};

struct play_request {
  std::string app;
  std::string name;  // a stream's key or id: never log it
  std::string client_address;
  std::string client_software;
};

struct play_decision {
  std::shared_ptr<live::stream_ring> ring;  // null: refused
  std::string code;
  std::string text;
  std::string label;
  std::shared_ptr<void> lease;  // released when the player leaves (counts viewers)
};

class stream_gate {
 public:
  virtual ~stream_gate() = default;
  /// May refuse. When it gives a sink, exactly one on_end will follow on it, as its last call.
  virtual awaitable<publish_decision> open_publish(publish_request request) = 0;
  virtual awaitable<play_decision> open_play(play_request request) = 0;
};

}  // namespace hearth::rtmp
