// An authenticated, encrypted connection to one node that carries frames both ways: Noise transport
// records over TCP (docs/protocols/noise.md). Made by dial() and listener only, after the
// handshake; the writer runs in the task group given there, and its end closes the link.
//
// Threads: every link has a strand. send(), close(), closed() and the plain getters may be called
// from anywhere; awaitable members only by coroutines that run on executor(), one reader at a time.
// Limits: link_limits. Cancelled by the task group, or by close(): an owner that is done with a
// link closes it, for the writer keeps it alive.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>

#include "net/transport/credentials.hpp"
#include "net/transport/handshake.hpp"
#include "store/base/task_group.hpp"

namespace hearth::transport {

/// A link older than this is to be replaced by a new handshake.
constexpr milliseconds longest_link_age = std::chrono::hours(24);

class link : public std::enable_shared_from_this<link> {
 public:
  using endpoint = boost::asio::ip::tcp::endpoint;
  using socket = boost::asio::ip::tcp::socket;

  /// For dial() and listener. The socket's executor is the link's strand.
  static result<std::shared_ptr<link>> open(socket connected, handshake_outcome agreed,
                                            std::shared_ptr<const link_context> context,
                                            task_group& tasks);
  ~link();
  link(const link&) = delete;
  link& operator=(const link&) = delete;

  const node_id& peer() const;
  purpose use() const;
  /// The secret's epoch of the handshake; below the present one, the peer lacks the new secret.
  std::uint32_t epoch() const;
  /// The link protocol's version that both speak.
  std::uint8_t version() const;
  /// Whether this side dialled.
  bool outgoing() const;
  const endpoint& remote_address() const;
  milliseconds age() const;
  boost::asio::any_io_executor executor() const;

  /// The next frame. errc::closed, cut_short, bad_record, tampered, frame_too_large end the link;
  /// hearth::errc::timed_out when nothing whole came within limit: the link stays usable.
  awaitable<result<bytes>> receive_frame(milliseconds limit);

  /// Queues a frame. errc::queue_full (nothing was queued), frame_too_large, closed.
  result<void> send(bytes frame);
  /// As send(), but waits for room in the queue: hearth::errc::timed_out after limit.
  awaitable<result<void>> send_when_room(bytes frame, milliseconds limit);
  /// Waits until all that was queued has been given to the kernel. errc::closed, timed_out.
  awaitable<result<void>> flush(milliseconds limit);

  /// Ends the link at once; what is queued is dropped. The first reason stays.
  void close(error_code reason = errc::closed);
  bool closed() const;
  /// Why it was closed; empty while it is open.
  error_code reason() const;

  std::size_t queued_bytes() const;
  std::uint64_t sent_bytes() const;      // of frames, with their headers, given to the kernel
  std::uint64_t received_bytes() const;  // frames' bytes handed out

 private:
  struct state;
  explicit link(std::unique_ptr<state> made);
  result<void> enqueue(bytes& frame);
  static awaitable<void> write_loop(std::shared_ptr<link> self);
  awaitable<result<void>> write_batch(bytes batch);
  awaitable<result<void>> read_some();
  awaitable<void> wait_for_change(milliseconds limit);
  static awaitable<result<void>> wait_on(boost::asio::steady_timer& timer);
  void finish(error_code reason);
  std::unique_ptr<state> state_;
};

}  // namespace hearth::transport
