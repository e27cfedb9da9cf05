// The server's side of a scripted conversation, with a gate that says yes.
#pragma once
#include "scripted_client.hpp"

namespace hearth::rtmp::test {

/// A session, what it has answered, and a gate that says yes.
struct talk {
  fixed_random random;
  session server{random};
  answers heard;
  std::shared_ptr<kept_stream> kept = std::make_shared<kept_stream>();
  std::string asked_name;

  result<void> say(const bytes& data, std::size_t piece = 1 << 20) {
    for (std::size_t at = 0; at < data.size(); at += piece) {
      byte_view part = byte_view(data).subspan(at, std::min(piece, data.size() - at));
      while (!part.empty() || server.asks() != session::question::nothing) {
        auto ok = server.feed(part);
        heard.feed(server.take_output());
        if (!ok) return ok;
        if (server.closing()) return {};
        answer();
      }
    }
    heard.feed(server.take_output());
    return {};
  }

  void answer() {
    if (server.asks() == session::question::nothing) return;
    asked_name = server.stream_name();
    if (server.asks() == session::question::publish) {
      server.accept_publish(kept);
    } else {
      server.accept_play();
    }
    heard.feed(server.take_output());
  }

  void send_media(message_type type, std::uint32_t time, const bytes& tag) {
    BOOST_REQUIRE(say(wire({type, time, 1, tag}, first_chunk_bytes, 6)).has_value());
  }
};

}  // namespace hearth::rtmp::test
