// One live stream's recent past, and the hand-over from its publisher to any number of consumers.
//
// The publisher's strand pushes (packet_sink), consumers read through cursors at their own pace.
// The ring keeps everything since the last video key frame, so that a newcomer starts there with
// the track configurations that hold at it, and some time before, so that a slow consumer is not
// lost at once. A consumer behind the window is told errc::lagged. The publisher is never slowed: a
// push takes a short mutex and posts one wake-up to each consumer that waits.
//
// Threads: the ring is thread-safe. A cursor belongs to one strand, the executor given to join().
// No lock is held across a co_await. A waiting read is ended by cancelling its coroutine.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "media/live/errc.hpp"
#include "media/live/packet.hpp"
#include "store/base/clock.hpp"
#include "store/base/result.hpp"

namespace hearth::live {

using shared_config = std::shared_ptr<const track_config>;

/// What a consumer reads, in order: a track's new configuration, or a frame.
using ring_item = std::variant<shared_config, packet>;

struct ring_limits {
  std::size_t max_bytes = std::size_t{64} << 20;  // payloads and bookkeeping
  milliseconds max_span{30'000};                  // of media time, also for one long GOP
  milliseconds slack{4'000};                      // kept before the last key frame
};

/// How a stream ended: the arguments of on_end.
struct stream_end {
  end_reason reason = end_reason::finished;
  std::string text;
};

class ring_cursor;

class stream_ring final : public packet_sink, public std::enable_shared_from_this<stream_ring> {
 public:
  explicit stream_ring(ring_limits limits = {}) : limits_(limits) {}
  ~stream_ring() override;

  void on_config(const track_config& config) override;
  void on_packet(const packet& packet) override;
  void on_end(end_reason reason, std::string_view text) override;

  /// A reader that starts at the kept key frame, or waits for the first one. The ring must be held
  /// by a shared_ptr. executor: the strand on which the cursor is used.
  ring_cursor join(const boost::asio::any_io_executor& executor);

  /// Set once on_end was called.
  std::optional<stream_end> ended() const;
  /// Newest configurations, video first; what is not known yet is left out.
  std::vector<shared_config> configs() const;
  std::size_t kept_bytes() const;
  std::size_t cursors_waiting() const;

 private:
  friend class ring_cursor;
  struct waiter;
  struct entry {
    ring_item item;
    std::int64_t dts_ms;
    std::size_t cost;
  };
  using config_pair = std::array<shared_config, 2>;  // by track_kind
  using waiters = std::vector<std::shared_ptr<waiter>>;

  void push(ring_item item, std::int64_t dts_ms, std::size_t cost);
  void trim();
  std::uint64_t next_number() const { return first_number_ + entries_.size(); }
  static void wake(waiters sleeping);

  mutable std::mutex mutex_;
  const ring_limits limits_;
  std::deque<entry> entries_;
  std::uint64_t first_number_ = 0;  // of entries_.front()
  std::size_t bytes_ = 0;
  std::int64_t newest_dts_ms_ = 0;
  config_pair newest_;
  std::optional<std::uint64_t> start_;  // number of the entry where a newcomer starts
  config_pair at_start_;
  std::optional<stream_end> end_;
  waiters waiting_;
};

/// A consumer's place in a ring.
class ring_cursor {
 public:
  ring_cursor(ring_cursor&&) noexcept = default;
  ring_cursor& operator=(ring_cursor&&) noexcept = default;

  /// Appends up to most items to out; none when there is nothing new. Errors: errc::lagged (call
  /// rejoin() or give up), errc::ended.
  result<std::size_t> try_read(std::vector<ring_item>& out, std::size_t most);

  /// As try_read, but waits for the first item; appends nothing when limit passes without one, or
  /// after a cancellation.
  awaitable<result<std::size_t>> read(std::vector<ring_item>& out, std::size_t most,
                                      milliseconds limit);

  /// Goes to the kept key frame (or waits for the next one), as a newcomer would.
  void rejoin();

 private:
  friend class stream_ring;
  ring_cursor(std::shared_ptr<stream_ring> ring, const boost::asio::any_io_executor& executor);
  result<std::size_t> read_locked(std::vector<ring_item>& out, std::size_t most);

  std::shared_ptr<stream_ring> ring_;
  std::shared_ptr<stream_ring::waiter> waiter_;
  std::optional<std::uint64_t> place_;  // nothing: waits for a place to start
};

}  // namespace hearth::live
