// The HLS of one stream, in memory: the packager writes it, HTTP reads it. Thread-safe. It outlives
// the packager, so that a publisher who returns goes on in the same playlist after a discontinuity.
// RFC 8216 with the low-latency parts of draft-pantos-hls-rfc8216bis; see docs/formats/hls.md.
//
// Limits: hls_options::most_bytes, most_waiters. A wait ends after three target durations at most.
// Cancelled by cancelling the coroutine, or all of them by close().
#pragma once
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "media/packager/hls_name.hpp"
#include "media/packager/hls_options.hpp"
#include "media/packager/hls_window.hpp"

namespace hearth::packager {

/// Something to send to a player.
struct hls_resource {
  std::shared_ptr<const bytes> body;
  std::string_view content_type;
  std::chrono::seconds max_age{0};  // 0: must not be cached
};

class hls_store {
 public:
  explicit hls_store(const hls_options& options);
  ~hls_store();
  hls_store(const hls_store&) = delete;
  hls_store& operator=(const hls_store&) = delete;

  // Readers.

  /// The resource of that name. Waits for the first playlist of a stream that begins, for what the
  /// query asks for, and for the part that the playlist hints at. The executor of the caller must
  /// be a strand (or run on one thread). errc: bad_name, not_found, bad_request, timed_out,
  /// too_many_waiters, closed.
  awaitable<result<hls_resource>> get(hls_name name, hls_query query);
  /// The playlist as it is now: errc::not_found before the first segment is complete.
  result<std::string> playlist() const;
  bool ended() const;
  std::size_t size_bytes() const;
  std::size_t waiters() const;

  // The packager.

  const hls_options& options() const { return options_; }
  /// What follows is decoded with this init segment, and is a discontinuity unless it is the first.
  void begin_epoch(std::shared_ptr<const bytes> init);
  void add_part(hls_part part);
  /// Ends the playlist for good, unless begin_epoch is called again.
  void end();

  /// Nobody waits any longer and nobody new waits: errc::closed.
  void close();

 private:
  struct waiter {
    hls_position position;
    bool first_playlist = false;
    std::shared_ptr<boost::asio::steady_timer> timer;
  };
  struct wanted;
  struct place_in_line;

  result<hls_resource> find(const hls_name& name) const;
  result<hls_resource> playlist_resource() const;
  result<wanted> what_to_wait_for(const hls_name& name, const hls_query& query) const;
  bool ready(const hls_position& position, bool first_playlist) const;
  std::vector<waiter> take_ready();
  void forget(const std::shared_ptr<boost::asio::steady_timer>& timer);
  static void wake(std::vector<waiter> woken);

  const hls_options options_;
  mutable std::mutex mutex_;
  hls_window window_;
  std::vector<waiter> waiters_;
  mutable std::shared_ptr<const bytes> rendered_;  // the playlist, until something changes
  bool closed_ = false;
};

}  // namespace hearth::packager
