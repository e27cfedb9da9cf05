#include "net/wire/deflate.hpp"
#include "net/wire/frame_type.hpp"
#include "net/wire/messages.hpp"
#include "net/wire/run_codec.hpp"

namespace hearth::wire {
namespace {

void write(byte_writer& out, const std::string& text) {
  out.sized(as_bytes(text));
}

void write(byte_writer& out, const logs::log_key& log) {
  out.raw(log.author.key);
  out.u64(log.incarnation);
}

void start(byte_writer& out, frame_type type) {
  out.u8(static_cast<std::uint8_t>(type));
}

/// Writes type and body of each kind of message.
struct frame_writer {
  byte_writer& out;

  void operator()(const hello& content) const {
    start(out, frame_type::hello);
    out.u16(content.protocol_min);
    out.u16(content.protocol_max);
    write(out, content.node_name);
    write(out, content.version);
    out.u32(static_cast<std::uint32_t>(content.capabilities.size()));
    for (const auto& name : content.capabilities)
      write(out, name);
  }

  void operator()(const digest& content) const {
    start(out, frame_type::digest);
    out.raw(content.value);
  }

  void operator()(const versions& content) const {
    start(out, frame_type::versions);
    out.u8(content.whole ? 1 : 0);
    out.u32(static_cast<std::uint32_t>(content.logs.size()));
    for (const auto& item : content.logs) {
      write(out, item.log);
      out.u64(item.last.value);
      out.u64(item.tag);
      out.u8(item.frozen ? 1 : 0);
    }
  }

  void operator()(const want& content) const {
    start(out, frame_type::want);
    out.u32(static_cast<std::uint32_t>(content.items.size()));
    for (const auto& item : content.items) {
      write(out, item.log);
      out.u64(item.from.value);
    }
  }

  void operator()(const entries& content) const {
    start(out, frame_type::entries);
    const auto plain = encode_run(content.run);
    const auto deflated = deflate_if_smaller(plain);
    out.u8(static_cast<std::uint8_t>((deflated ? deflated_flag : 0) |
                                     (content.answer ? answer_flag : 0)));
    out.u32(static_cast<std::uint32_t>(plain.size()));
    out.raw(deflated ? *deflated : plain);
  }

  void operator()(const ack& content) const {
    start(out, frame_type::ack);
    write(out, content.log);
    out.u64(content.seq.value);
  }

  void operator()(const presence& content) const {
    start(out, frame_type::presence);
    out.raw(content.node.key);
    out.u64(content.issued_at_ms);
    out.u32(content.lifetime_ms);
    write(out, content.kind);
    out.sized(content.body);
    out.raw(content.signed_with);
  }

  void operator()(const ping& content) const {
    start(out, frame_type::ping);
    out.u64(content.nonce);
  }

  void operator()(const pong& content) const {
    start(out, frame_type::pong);
    out.u64(content.nonce);
  }

  void operator()(const fetch_request& content) const {
    start(out, frame_type::fetch_request);
    out.u64(content.id);
    write(out, content.kind);
    write(out, content.name);
    out.u64(content.offset);
    out.u32(content.length);
  }

  void operator()(const fetch_response& content) const {
    start(out, frame_type::fetch_response);
    out.u64(content.id);
    out.u8(static_cast<std::uint8_t>(content.status));
    out.u64(content.total);
    out.sized(content.body);
    write(out, content.message);
  }

  void operator()(const bye& content) const {
    start(out, frame_type::bye);
    write(out, content.reason);
  }

  void operator()(const unknown_message& content) const { out.u8(content.type); }
};

}  // namespace

bytes encode_frame(const message& content) {
  byte_writer out;
  std::visit(frame_writer{out}, content);
  return out.take();
}

}  // namespace hearth::wire
