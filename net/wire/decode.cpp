#include "net/wire/deflate.hpp"
#include "net/wire/field_reader.hpp"
#include "net/wire/frame_type.hpp"
#include "net/wire/messages.hpp"
#include "net/wire/presence.hpp"
#include "net/wire/run_codec.hpp"

namespace hearth::wire {
namespace {

constexpr std::size_t summary_bytes = 40 + 8 + 8 + 1;
constexpr std::size_t want_bytes = 40 + 8;

result<message> read_hello(field_reader& in) {
  hello out;
  out.protocol_min = in.u16();
  out.protocol_max = in.u16();
  if (out.protocol_min > out.protocol_max) in.fail(errc::malformed);
  out.node_name = in.text(max_name_bytes);
  out.version = in.text(max_name_bytes);
  const auto count = in.count(max_capabilities, 4);
  for (std::size_t i = 0; i < count; ++i) {
    out.capabilities.push_back(in.text(max_capability_bytes));
  }
  return in.finish_and_skip<message>(std::move(out));
}

result<message> read_digest(field_reader& in) {
  digest out;
  for (auto& byte : out.value)
    byte = in.u8();
  return in.finish<message>(out);
}

result<message> read_versions(field_reader& in) {
  versions out;
  out.whole = in.flag();
  const auto count = in.count(max_summaries, summary_bytes);
  out.logs.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    logs::log_summary item;
    item.log = in.log();
    item.last = in.seq();
    item.tag = in.u64();
    item.frozen = in.flag();
    out.logs.push_back(item);
  }
  return in.finish<message>(std::move(out));
}

result<message> read_want(field_reader& in) {
  want out;
  const auto count = in.count(max_wants, want_bytes);
  for (std::size_t i = 0; i < count; ++i) {
    const auto log = in.log();
    out.items.push_back({log, in.seq()});
    if (out.items.back().from.value == 0) in.fail(errc::malformed);
  }
  return in.finish<message>(std::move(out));
}

result<message> read_entries(field_reader& in) {
  const auto flags = in.u8();
  if (flags > (deflated_flag | answer_flag)) return errc::malformed;
  const bool deflated = (flags & deflated_flag) != 0;
  const auto plain_size = in.u32();
  if (in.failed()) return errc::malformed;
  if (!deflated && plain_size != in.rest().size()) return errc::malformed;
  bytes inflated;
  if (deflated) {
    auto plain = inflate(in.rest(), plain_size);
    if (!plain) return plain.error();
    inflated = std::move(*plain);
  }
  auto run = decode_run(deflated ? byte_view(inflated) : in.rest());
  if (!run) return run.error();
  return message(entries{std::move(*run), (flags & answer_flag) != 0});
}

result<message> read_ack(field_reader& in) {
  ack out;
  out.log = in.log();
  out.seq = in.seq();
  return in.finish<message>(out);
}

result<message> read_presence(field_reader& in) {
  presence out;
  out.node = in.node();
  out.issued_at_ms = in.u64();
  out.lifetime_ms = in.u32();
  if (out.lifetime_ms > max_presence_lifetime.count()) in.fail(errc::too_large);
  out.kind = in.text(max_kind_bytes);
  out.body = in.sized(max_presence_bytes);
  out.signed_with = in.signed_with();
  return in.finish<message>(std::move(out));
}

result<message> read_ping(field_reader& in) {
  return in.finish<message>(ping{in.u64()});
}

result<message> read_pong(field_reader& in) {
  return in.finish<message>(pong{in.u64()});
}

result<message> read_fetch_request(field_reader& in) {
  fetch_request out;
  out.id = in.u64();
  out.kind = in.text(max_kind_bytes);
  out.name = in.text(max_fetch_name_bytes);
  out.offset = in.u64();
  out.length = in.u32();
  if (out.length > max_fetch_body_bytes) in.fail(errc::too_large);
  return in.finish<message>(std::move(out));
}

result<message> read_fetch_response(field_reader& in) {
  fetch_response out;
  out.id = in.u64();
  const auto status = in.u8();
  if (status > static_cast<std::uint8_t>(fetch_status::failed)) in.fail(errc::malformed);
  out.status = static_cast<fetch_status>(status);
  out.total = in.u64();
  out.body = in.sized(max_fetch_body_bytes);
  out.message = in.text(max_text_bytes);
  return in.finish<message>(std::move(out));
}

result<message> read_bye(field_reader& in) {
  return in.finish<message>(bye{in.text(max_text_bytes)});
}

}  // namespace

result<message> decode_frame(byte_view frame) {
  if (frame.empty()) return errc::malformed;
  if (frame.size() > max_frame_bytes) return errc::too_large;
  field_reader in(frame.subspan(1));
  switch (static_cast<frame_type>(frame.front())) {
    case frame_type::hello:
      return read_hello(in);
    case frame_type::digest:
      return read_digest(in);
    case frame_type::versions:
      return read_versions(in);
    case frame_type::want:
      return read_want(in);
    case frame_type::entries:
      return read_entries(in);
    case frame_type::ack:
      return read_ack(in);
    case frame_type::presence:
      return read_presence(in);
    case frame_type::ping:
      return read_ping(in);
    case frame_type::pong:
      return read_pong(in);
    case frame_type::fetch_request:
      return read_fetch_request(in);
    case frame_type::fetch_response:
      return read_fetch_response(in);
    case frame_type::bye:
      return read_bye(in);
  }
  return message(unknown_message{frame.front()});
}

}  // namespace hearth::wire
