// The commands of NetConnection and NetStream (specification 1.0, section 7.2), and those that
// encoders add: releaseStream, FCPublish, FCUnpublish, _checkbw, getStreamLength.
#include "media/rtmp/session_command.hpp"

#include <algorithm>

#include "media/rtmp/fourcc.hpp"

namespace hearth::rtmp {
namespace {

constexpr std::string_view application = "live";
constexpr std::uint32_t our_chunk_bytes = 60'000;
constexpr std::uint32_t our_window_bytes = 2'500'000;
constexpr std::uint32_t most_message_streams = 8;
constexpr std::size_t most_name_bytes = 256;
constexpr std::size_t most_software_bytes = 100;

std::string_view before_query(std::string_view text) {
  return text.substr(0, text.find('?'));
}

std::string text_of(const amf0* object, std::string_view name) {
  const auto* member = object ? object->find(name) : nullptr;
  const auto* text = member ? member->text() : nullptr;
  return text ? *text : std::string();
}

bool is_known_app(std::string_view app) {
  return app == application ||
         (app.starts_with(application) && app.substr(application.size()).starts_with('/'));
}

/// What follows "live/", without a slash at its end.
std::string_view instance_of(std::string_view app) {
  app.remove_prefix(std::min(app.size(), application.size() + 1));
  while (app.ends_with('/'))
    app.remove_suffix(1);
  return app;
}

amf0::array fourcc_list() {
  amf0::array out;
  for (const auto& each : known_fourccs)
    out.emplace_back(each.text);
  return out;
}

}  // namespace

result<void> session::handle_command(const message& received) {
  byte_view body(received.payload);
  if (received.type == message_type::command_amf3) {
    // Its values are AMF0 behind a zero, for every client that is not Flash with AMF3 objects.
    if (body.empty() || body.front() != 0) return errc::bad_amf0;
    body = body.subspan(1);
  }
  auto values = read_amf0(body);
  if (!values) return values.error();
  command read;
  read.values = std::move(*values);
  const auto* name = read.values.empty() ? nullptr : read.values[0].text();
  if (!name) return errc::bad_command;
  read.name = *name;
  read.stream = received.stream_id;
  if (read.values.size() > 1) read.transaction = read.values[1].number().value_or(0);
  return run_command(read);
}

result<void> session::run_command(const command& received) {
  const auto& name = received.name;
  if (name == "connect") return on_connect(received);
  if (!connected_) return errc::bad_command;
  if (name == "createStream") return on_create_stream(received);
  if (name == "publish") return on_publish(received);
  if (name == "play") return on_play(received);
  if (name == "releaseStream" || name == "_checkbw") {
    send_command(0, {"_result", received.transaction, amf0(), amf0()});
  } else if (name == "getStreamLength") {
    send_command(0, {"_result", received.transaction, amf0(), 0.0});
  } else if (name == "FCPublish") {
    send_command(0, {"_result", received.transaction, amf0(), amf0()});
    send_command(0, {"onFCPublish", 0.0, amf0(),
                     amf0::members{{"code", "NetStream.Publish.Start"}, {"description", ""}}});
  } else if (name == "FCSubscribe") {
    send_command(0, {"onFCSubscribe", 0.0, amf0(),
                     amf0::members{{"code", "NetStream.Play.Start"}, {"description", ""}}});
  } else if (name == "FCUnpublish" || name == "closeStream" || name == "deleteStream") {
    on_stream_over(received);
  }
  return {};  // others are not answered: an answer to what it did not ask makes ffmpeg give up
}

result<void> session::on_connect(const command& received) {
  if (connected_) return errc::bad_command;
  const auto* object = received.object();
  if (!object || !object->object()) return errc::bad_command;
  app_ = std::string(before_query(text_of(object, "app"))).substr(0, most_name_bytes);
  software_ = text_of(object, "flashVer").substr(0, most_software_bytes);
  if (!is_known_app(app_)) {
    send_command(0, {"_error", received.transaction, amf0(),
                     amf0::members{{"level", "error"},
                                   {"code", "NetConnection.Connect.InvalidApp"},
                                   {"description",
                                    "Unknown application: the address must be "
                                    "rtmp://HOST/live/STREAM_KEY"}}});
    closing_ = true;
    return {};
  }
  connected_ = true;
  send_control(message_type::window_ack_size, our_window_bytes);
  send_control(message_type::set_peer_bandwidth, our_window_bytes);
  send_control(message_type::set_chunk_size, our_chunk_bytes);
  writer_.set_chunk_bytes(our_chunk_bytes);
  amf0::members properties{{"fmsVer", "FMS/3,0,1,123"}, {"capabilities", 31.0}};
  amf0::members information{{"level", "status"},
                            {"code", "NetConnection.Connect.Success"},
                            {"description", "Connection succeeded."},
                            {"objectEncoding", 0.0}};
  if (object->find("fourCcList")) properties.push_back({"fourCcList", fourcc_list()});
  send_command(0, {"_result", received.transaction, std::move(properties), std::move(information)});
  return {};
}

result<void> session::on_create_stream(const command& received) {
  if (last_stream_ >= most_message_streams) return errc::too_many_streams;
  ++last_stream_;
  send_command(0, {"_result", received.transaction, amf0(), static_cast<double>(last_stream_)});
  return {};
}

result<void> session::on_publish(const command& received) {
  return ask(question::publish, received);
}

result<void> session::on_play(const command& received) {
  return ask(question::play, received);
}

result<void> session::ask(question what, const command& received) {
  const auto* name = received.text(0);
  if (!name || role_ != role::none) return errc::bad_command;
  if (received.stream == 0 || received.stream > last_stream_) return errc::bad_command;
  auto bare = before_query(*name);
  if (bare.empty()) bare = instance_of(app_);  // some encoders put everything into the address
  if (bare.size() > most_name_bytes) return errc::bad_command;
  name_ = std::string(bare);
  media_stream_ = received.stream;
  asks_ = what;
  return {};
}

void session::on_stream_over(const command& received) {
  if (received.name == "FCUnpublish") {
    send_command(0, {"onFCUnpublish", 0.0, amf0(),
                     amf0::members{{"code", "NetStream.Unpublish.Success"}, {"description", ""}}});
  }
  if (role_ == role::publisher) {
    send_status("status", "NetStream.Unpublish.Success", "The stream has ended.");
    finish_sink(live::end_reason::finished, "the publisher ended the stream");
  } else if (role_ == role::player) {
    closing_ = true;
  }
}

}  // namespace hearth::rtmp
