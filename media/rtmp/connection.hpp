// One RTMP client on its strand: reads into the session, asks the gate, writes answers and, for a
// player, the ring's packets. A watchdog with one timer holds every deadline.
#pragma once
#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>

#include "media/rtmp/server.hpp"
#include "media/rtmp/session.hpp"

namespace hearth::rtmp {

class connection final : public publisher_control, public std::enable_shared_from_this<connection> {
 public:
  struct surroundings {
    server_options options;
    stream_gate& gate;
    const clock& now;
    random_source& random;
  };

  /// socket: on a strand of its own.
  connection(boost::asio::ip::tcp::socket socket, std::shared_ptr<const surroundings> around,
             std::string address);

  /// Serves the client to its end; run it on the socket's strand. Ended by cancellation.
  static awaitable<void> run(std::shared_ptr<connection> self);

  void end(std::string_view code, std::string_view text) override;
  std::uint64_t bytes_received() const override { return bytes_received_; }
  milliseconds last_data() const override { return milliseconds(last_data_ms_.load()); }

 private:
  struct ending {
    std::string code;
    std::string text;
  };

  awaitable<void> serve();
  awaitable<void> watch();
  awaitable<bool> read_some();
  awaitable<void> take(byte_view data);
  awaitable<void> answer();
  awaitable<void> answer_publish();
  awaitable<void> answer_play();
  awaitable<bool> flush();
  awaitable<void> play();
  awaitable<void> listen_to_player();
  awaitable<void> pump();
  awaitable<bool> write_batch(class player_batch& batch);
  awaitable<void> linger();

  void set_deadline(milliseconds at, std::string_view what);
  void refresh_deadline();
  void note(std::size_t count);
  void apply_ending();
  void say_goodbye();

  boost::asio::ip::tcp::socket socket_;
  const std::shared_ptr<const surroundings> around_;
  const std::string address_;
  session session_;
  boost::asio::steady_timer timer_;
  milliseconds deadline_{0};
  milliseconds phase_began_{0};
  std::string_view deadline_what_;
  bytes buffer_;
  std::size_t buffered_ = 0;
  bool reading_ = false;
  bool was_handshaken_ = false;
  std::optional<ending> ending_;
  std::optional<live::ring_cursor> cursor_;
  std::shared_ptr<live::stream_ring> ring_;
  std::shared_ptr<void> lease_;
  std::string label_;   // of the stream, for the log
  std::string reason_;  // why the connection ends, for the log
  bool is_fault_ = false;
  std::atomic<std::uint64_t> bytes_received_{0};
  std::atomic<std::int64_t> last_data_ms_{0};
};

}  // namespace hearth::rtmp
