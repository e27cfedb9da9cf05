// One RTMP client's conversation, without I/O: bytes go in, answers and live packets come out. The
// connection around it reads and writes, asks the gate, and keeps the deadlines.
//
//   handshake → connect → createStream → publish | play → (media) → deleteStream or the end
//
// When the client asks to publish or play, feed() stops before the next byte and asks() says so;
// the connection calls exactly one of accept_publish, accept_play, refuse. Not thread-safe.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "media/live/packet.hpp"
#include "media/rtmp/amf0.hpp"
#include "media/rtmp/chunk_reader.hpp"
#include "media/rtmp/chunk_writer.hpp"
#include "media/rtmp/flv_demux.hpp"
#include "media/rtmp/handshake.hpp"

namespace hearth::rtmp {

class session {
 public:
  enum class role { none, publisher, player };
  enum class question { nothing, publish, play };

  explicit session(random_source& random) : handshake_(random) {}
  ~session();
  session(const session&) = delete;
  session& operator=(const session&) = delete;

  /// Takes bytes from the front of data until it is empty, a question is open or the session is
  /// closing. An error ends the conversation: call fail() with it.
  result<void> feed(byte_view& data);

  question asks() const { return asks_; }
  const std::string& app() const { return app_; }
  const std::string& stream_name() const { return name_; }  // without ?query
  const std::string& software() const { return software_; }

  /// Answers to asks(). refuse() closes the session once its output is flushed.
  void accept_publish(std::shared_ptr<live::packet_sink> sink);
  void accept_play();
  void refuse(std::string_view code, std::string_view text);

  /// Ends what runs, from this side: tells the client (onStatus of level error) and closes.
  void stop(live::end_reason reason, std::string_view code, std::string_view text);
  /// Ends a session whose input was bad, saying so to the client where it can be said.
  void fail(error_code why);
  /// The connection is gone; the publisher's sink is told.
  void lost(std::string_view text);
  /// The stream that is played has ended: tells the player.
  void end_play();

  bool connected() const { return connected_; }
  bool handshaken() const { return handshake_.done(); }
  role now() const { return role_; }
  /// Nothing more is read; output is to be flushed, then the connection closed.
  bool closing() const { return closing_; }

  /// Answers to be sent, in order.
  bool has_output() const { return !out_.empty(); }
  bytes take_output() { return std::exchange(out_, {}); }
  const chunk_writer& writer() const { return writer_; }
  std::uint32_t media_stream() const { return media_stream_; }

 private:
  struct command;

  result<void> consume(byte_view& data);
  result<void> handle(message received);
  result<void> handle_media(message received);
  result<void> handle_aggregate(const message& received);
  result<void> handle_user_control(const message& received);
  result<void> handle_command(const message& received);
  result<void> run_command(const command& received);
  result<void> on_connect(const command& received);
  result<void> on_create_stream(const command& received);
  result<void> on_publish(const command& received);
  result<void> on_play(const command& received);
  void on_stream_over(const command& received);
  result<void> ask(question what, const command& received);
  void acknowledge(std::size_t count);
  result<void> check_output() const;

  void send(std::uint8_t chunk_stream, message_type type, std::uint32_t stream, bytes payload);
  void send_control(message_type type, std::uint32_t value);
  void send_command(std::uint32_t stream, const std::vector<amf0>& values);
  void send_status(std::string_view level, std::string_view code, std::string_view text);
  void send_stream_event(std::uint16_t event, std::uint32_t value);
  void finish_sink(live::end_reason reason, std::string_view text);

  handshake handshake_;
  chunk_reader reader_;
  chunk_writer writer_;
  bytes out_;
  bool connected_ = false;
  bool closing_ = false;
  role role_ = role::none;
  question asks_ = question::nothing;
  std::string app_;
  std::string software_;
  std::string name_;
  std::uint32_t last_stream_ = 0;   // message streams made so far
  std::uint32_t media_stream_ = 0;  // the one that publishes or plays
  std::shared_ptr<live::packet_sink> sink_;
  std::unique_ptr<flv_demux> demux_;
  std::uint32_t ack_window_ = 2'500'000;
  std::uint64_t received_ = 0;
  std::uint64_t acknowledged_ = 0;
};

}  // namespace hearth::rtmp
