#include "net/transport/announcement.hpp"

#include <algorithm>

namespace hearth::transport {
namespace {

constexpr std::uint8_t announcement_form = 1;
constexpr std::size_t name_bytes = 32;
constexpr std::size_t nonce_bytes = 8;
constexpr std::size_t content_bytes = 1 + 32 + 1 + name_bytes;
constexpr std::size_t most_characters = 255;
constexpr std::string_view associated = "hearth announcement v1";

/// Cut at the border of a character.
std::string_view shortened(std::string_view name) {
  if (!is_utf8(name)) return {};
  auto length = std::min(name.size(), name_bytes);
  while (length < name.size() && length > 0 && (name[length] & 0xc0) == 0x80)
    --length;
  return name.substr(0, length);
}

std::optional<announced> parse(byte_view content) {
  byte_reader in(content);
  const auto form = in.u8();
  const auto key = in.raw32();
  const auto length = in.u8();
  if (!form || !key || !length) return {};
  if (*form < announcement_form || *length > name_bytes) return {};
  const auto name = in.raw(*length);
  if (!name || !is_utf8(as_text(*name))) return {};
  return announced{node_id{*key}, std::string(as_text(*name))};
}

}  // namespace

std::string seal_announcement(const gate& with, const announced& about, random_source& random) {
  const auto name = shortened(about.name);
  byte_writer content;
  content.u8(announcement_form);
  content.raw(about.node.key);
  content.u8(static_cast<std::uint8_t>(name.size()));
  content.raw(as_bytes(name));
  auto padded = content.take();
  padded.resize(content_bytes, 0);
  const auto nonce = random.u64();
  byte_writer number;
  number.u64(nonce);
  auto out = number.take();
  noise::seal(with.announcement_key(), nonce, as_bytes(associated), padded, out);
  return to_base32(out);
}

std::optional<announced> open_announcement(const gate_ring& gates, std::string_view text) {
  if (text.size() > most_characters) return {};
  const auto raw = from_base32(text);
  if (!raw || raw->size() < nonce_bytes) return {};
  const auto nonce = *byte_reader(*raw).u64();
  const auto sealed = byte_view(*raw).subspan(nonce_bytes);
  for (const auto& each : gates.all()) {
    bytes content;
    if (noise::open(each.announcement_key(), nonce, as_bytes(associated), sealed, content)) {
      return parse(content);
    }
  }
  return {};
}

}  // namespace hearth::transport
