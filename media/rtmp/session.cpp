#include "media/rtmp/session.hpp"

#include <algorithm>

#include "media/rtmp/gate.hpp"
#include "media/rtmp/session_command.hpp"

namespace hearth::rtmp {
namespace {

constexpr std::size_t most_output_bytes = 256 * 1024;
constexpr std::uint32_t least_ack_window = 64 * 1024;
constexpr std::uint16_t event_stream_eof = 1;
constexpr std::uint16_t event_ping = 6;
constexpr std::uint16_t event_pong = 7;
constexpr std::size_t flv_tag_header_bytes = 11;
constexpr std::size_t flv_tag_trailer_bytes = 4;

}  // namespace

session::~session() {
  lost("the connection was closed");
}

result<void> session::feed(byte_view& data) {
  const auto before = data.size();
  const auto outcome = consume(data);
  acknowledge(before - data.size());
  if (!outcome) return outcome;
  if (out_.size() > most_output_bytes) return errc::output_full;
  return {};
}

result<void> session::consume(byte_view& data) {
  if (!handshake_.done()) {
    if (auto ok = handshake_.feed(data, out_); !ok) return ok;
  }
  while (!data.empty() && !closing_ && asks_ == question::nothing) {
    auto whole = reader_.next(data);
    if (!whole) return whole.error();
    if (!*whole) continue;
    if (auto ok = handle(std::move(**whole)); !ok) return ok;
    if (out_.size() > most_output_bytes) return errc::output_full;
  }
  return {};
}

result<void> session::handle(message received) {
  switch (received.type) {
    case message_type::audio:
    case message_type::video:
      return handle_media(std::move(received));
    case message_type::aggregate:
      return handle_aggregate(received);
    case message_type::command_amf0:
    case message_type::command_amf3:
      return handle_command(received);
    case message_type::user_control:
      return handle_user_control(received);
    case message_type::window_ack_size: {
      byte_reader in(received.payload);
      const auto size = in.u32();
      if (!size) return errc::bad_chunk;
      ack_window_ = std::max(*size, least_ack_window);
      return {};
    }
    case message_type::set_chunk_size:  // the chunk reader has obeyed
    case message_type::abort:
    case message_type::acknowledgement:
    case message_type::set_peer_bandwidth:
    case message_type::data_amf0:  // metadata: everything is measured instead of believed
    case message_type::data_amf3:
      return {};
  }
  return {};  // a type of a later version of the protocol
}

result<void> session::handle_media(message received) {
  if (role_ != role::publisher || received.stream_id != media_stream_) return {};
  if (received.type == message_type::video) {
    return demux_->video(received.timestamp_ms, std::move(received.payload));
  }
  return demux_->audio(received.timestamp_ms, std::move(received.payload));
}

/// FLV tags in one message; their times count from the first one's.
result<void> session::handle_aggregate(const message& received) {
  byte_reader in(received.payload);
  std::optional<std::uint32_t> first_time;
  while (in.left() >= flv_tag_header_bytes) {
    message inner;
    inner.type = static_cast<message_type>(*in.u8());
    const auto size = *in.u24();
    const auto low = *in.u24();
    const auto time = static_cast<std::uint32_t>(*in.u8()) << 24 | low;
    (void)in.u24();
    const auto body = in.raw(size);
    if (!body || !in.raw(flv_tag_trailer_bytes)) return errc::bad_media;
    if (!first_time) first_time = time;
    inner.timestamp_ms = received.timestamp_ms + (time - *first_time);
    inner.stream_id = received.stream_id;
    inner.payload.assign(body->begin(), body->end());
    if (inner.type != message_type::video && inner.type != message_type::audio) continue;
    if (auto ok = handle_media(std::move(inner)); !ok) return ok;
  }
  if (!in.empty()) return errc::bad_media;
  return {};
}

result<void> session::handle_user_control(const message& received) {
  byte_reader in(received.payload);
  const auto event = in.u16();
  if (!event) return errc::bad_chunk;
  if (*event != event_ping) return {};
  const auto time = in.u32();
  if (!time) return errc::bad_chunk;
  send_stream_event(event_pong, *time);
  return {};
}

void session::acknowledge(std::size_t count) {
  received_ += count;
  if (!connected_ || closing_ || received_ - acknowledged_ < ack_window_) return;
  acknowledged_ = received_;
  send_control(message_type::acknowledgement, static_cast<std::uint32_t>(received_));
}

void session::accept_publish(std::shared_ptr<live::packet_sink> sink) {
  asks_ = question::nothing;
  role_ = role::publisher;
  sink_ = std::move(sink);
  demux_ = std::make_unique<flv_demux>(*sink_);
  send_stream_event(0, media_stream_);
  send_status("status", "NetStream.Publish.Start", "Publishing.");
}

void session::accept_play() {
  asks_ = question::nothing;
  role_ = role::player;
  send_stream_event(0, media_stream_);
  send_status("status", "NetStream.Play.Reset", "Playing.");
  send_status("status", "NetStream.Play.Start", "Playing.");
  send(status_chunk_stream, message_type::data_amf0, media_stream_,
       write_amf0({"|RtmpSampleAccess", true, true}));
}

void session::refuse(std::string_view code, std::string_view text) {
  asks_ = question::nothing;
  send_status("error", code, text);
  closing_ = true;
}

void session::stop(live::end_reason reason, std::string_view code, std::string_view text) {
  if (closing_) return;
  if (media_stream_ != 0) send_status("error", code, text);
  finish_sink(reason, text);
  closing_ = true;
}

void session::fail(error_code why) {
  stop(live::end_reason::failed, code_denied, why.message());
}

void session::lost(std::string_view text) {
  finish_sink(live::end_reason::lost, text);
  closing_ = true;
}

void session::end_play() {
  if (role_ != role::player || closing_) return;
  send_stream_event(event_stream_eof, media_stream_);
  send_status("status", "NetStream.Play.UnpublishNotify", "The stream has ended.");
  send_status("status", "NetStream.Play.Stop", "The stream has ended.");
  closing_ = true;
}

void session::finish_sink(live::end_reason reason, std::string_view text) {
  demux_.reset();
  role_ = role::none;
  if (const auto sink = std::exchange(sink_, nullptr)) sink->on_end(reason, text);
}

void session::send(std::uint8_t chunk_stream, message_type type, std::uint32_t stream,
                   bytes payload) {
  writer_.write(out_, chunk_stream, message{type, 0, stream, std::move(payload)});
}

void session::send_control(message_type type, std::uint32_t value) {
  byte_writer out;
  out.u32(value);
  if (type == message_type::set_peer_bandwidth) out.u8(2);  // dynamic
  send(control_chunk_stream, type, 0, out.take());
}

void session::send_stream_event(std::uint16_t event, std::uint32_t value) {
  byte_writer out;
  out.u16(event);
  out.u32(value);
  send(control_chunk_stream, message_type::user_control, 0, out.take());
}

void session::send_command(std::uint32_t stream, const std::vector<amf0>& values) {
  const auto chunk_stream = stream == 0 ? command_chunk_stream : status_chunk_stream;
  send(chunk_stream, message_type::command_amf0, stream, write_amf0(values));
}

void session::send_status(std::string_view level, std::string_view code, std::string_view text) {
  send_command(media_stream_,
               {"onStatus", 0.0, amf0(),
                amf0::members{{"level", level}, {"code", code}, {"description", text}}});
}

}  // namespace hearth::rtmp
