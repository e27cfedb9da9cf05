// The client's side of a scripted conversation: builds the bytes an encoder or a player sends, and
// takes apart what the server answers.
#pragma once
#include <boost/test/unit_test.hpp>

#include "media/rtmp/amf0.hpp"
#include "media/rtmp/chunk_reader.hpp"
#include "media/rtmp/chunk_writer.hpp"
#include "media/rtmp/handshake.hpp"
#include "media/rtmp/session.hpp"

namespace hearth::rtmp::test {

/// Random that repeats.
class fixed_random final : public random_source {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out)
      byte = static_cast<std::uint8_t>(next_ = next_ * 5 + 3);
  }

 private:
  std::uint32_t next_ = 1;
};

inline void append(bytes& to, byte_view more) {
  to.insert(to.end(), more.begin(), more.end());
}

/// C0, C1 and C2 of a plain client.
inline bytes client_handshake() {
  bytes out{3};
  out.resize(1 + 2 * handshake_block_bytes);
  return out;
}

inline bytes wire(const message& content, std::uint32_t chunk_bytes = first_chunk_bytes,
                  std::uint8_t chunk_stream = 3) {
  bytes out;
  chunk_writer writer;
  writer.set_chunk_bytes(chunk_bytes);
  writer.write(out, chunk_stream, content);
  return out;
}

inline bytes command(const std::vector<amf0>& values, std::uint32_t stream = 0) {
  return wire({message_type::command_amf0, 0, stream, write_amf0(values)});
}

inline bytes connect_command(std::string_view app = "live") {
  return command({"connect", 1.0,
                  amf0::members{{"app", app},
                                {"flashVer", "FMLE/3.0"},
                                {"tcUrl", "rtmp://host/live"},
                                {"fourCcList", amf0::array{"hvc1", "av01"}}}});
}

inline bytes publish_command_bytes(std::string_view name, std::uint32_t stream = 1) {
  return command({"publish", 5.0, amf0(), name, "live"}, stream);
}

/// What a publisher says before its media.
inline bytes publisher_opening(std::string_view name) {
  auto out = client_handshake();
  append(out, connect_command());
  append(out, command({"releaseStream", 2.0, amf0(), name}));
  append(out, command({"FCPublish", 3.0, amf0(), name}));
  append(out, command({"createStream", 4.0, amf0()}));
  append(out, publish_command_bytes(name));
  return out;
}

struct answer {
  message_type type;
  std::uint32_t stream;
  bytes payload;
  std::vector<amf0> values;  // of a command

  std::string name() const { return values.empty() ? "" : *values[0].text(); }
  std::string text(std::string_view member) const {
    const auto* found = values.size() > 3 ? values[3].find(member) : nullptr;
    return found && found->text() ? *found->text() : "";
  }
};

/// The messages in what the server sent, its handshake taken off when it is there.
class answers {
 public:
  void feed(byte_view data) {
    const auto skipped = std::min(data.size(), handshake_left_);
    handshake_left_ -= skipped;
    data = data.subspan(skipped);
    while (!data.empty()) {
      auto whole = reader_.next(data);
      BOOST_REQUIRE(whole.has_value());
      if (!*whole) return;
      answer read{(*whole)->type, (*whole)->stream_id, (*whole)->payload, {}};
      if (read.type == message_type::command_amf0) read.values = *read_amf0(read.payload);
      all.push_back(std::move(read));
    }
  }

  /// The last command of this name.
  const answer* last(std::string_view name) const {
    const answer* found = nullptr;
    for (const auto& each : all) {
      if (each.name() == name) found = &each;
    }
    return found;
  }
  const answer* last(message_type type) const {
    const answer* found = nullptr;
    for (const auto& each : all) {
      if (each.type == type) found = &each;
    }
    return found;
  }

  std::vector<answer> all;

 private:
  std::size_t handshake_left_ = 1 + 2 * handshake_block_bytes;
  chunk_reader reader_;
};

/// Keeps what a publisher's session gives.
class kept_stream final : public live::packet_sink {
 public:
  void on_config(const live::track_config& config) override { configs.push_back(config); }
  void on_packet(const live::packet& packet) override { packets.push_back(packet); }
  void on_end(live::end_reason reason, std::string_view text) override {
    ends.push_back({reason, std::string(text)});
  }

  struct end {
    live::end_reason reason;
    std::string text;
  };
  std::vector<live::track_config> configs;
  std::vector<live::packet> packets;
  std::vector<end> ends;
};

/// A 1920x1080 configuration of x264, and one of 22,050 Hz mono AAC.
inline constexpr std::string_view avc_record_1080p =
    "01640028ffe1001b67640028acd940780227e5c044000003000400000300c83c60c65801000668ebe3cb22c0fdf8f8"
    "00";
inline constexpr std::string_view aac_record_22050 = "138856e500";

inline bytes tag(std::initializer_list<std::uint8_t> head, std::string_view hex_body) {
  bytes out(head);
  append(out, *from_hex(hex_body));
  return out;
}

inline bytes avc_config_tag() {
  return tag({0x17, 0, 0, 0, 0}, avc_record_1080p);
}
inline bytes avc_key_tag() {
  return tag({0x17, 1, 0, 0, 40}, "0000000265880000000109");
}
inline bytes avc_inter_tag() {
  return tag({0x27, 1, 0xff, 0xff, 0xd8}, "00000002419a");
}
inline bytes aac_config_tag() {
  return tag({0xaf, 0}, aac_record_22050);
}
inline bytes aac_frame_tag() {
  return tag({0xaf, 1}, "0102030405");
}

}  // namespace hearth::rtmp::test
