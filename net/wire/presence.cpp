#include "net/wire/presence.hpp"

namespace hearth::wire {
namespace {

constexpr std::string_view signing_domain = "hearth presence v1";

bytes signed_text(const presence& content) {
  byte_writer out;
  out.raw(as_bytes(signing_domain));
  out.raw(content.node.key);
  out.u64(content.issued_at_ms);
  out.u32(content.lifetime_ms);
  out.sized(as_bytes(content.kind));
  out.sized(content.body);
  return out.take();
}

}  // namespace

presence make_presence(const signing_key& key, milliseconds issued_at, milliseconds lifetime,
                       std::string kind, bytes body) {
  presence out;
  out.node = key.id();
  out.issued_at_ms = static_cast<std::uint64_t>(issued_at.count());
  out.lifetime_ms = static_cast<std::uint32_t>(lifetime.count());
  out.kind = std::move(kind);
  out.body = std::move(body);
  out.signed_with = key.sign(signed_text(out));
  return out;
}

result<void> check_presence(const presence& content, milliseconds now) {
  if (content.lifetime_ms > static_cast<std::uint64_t>(max_presence_lifetime.count())) {
    return errc::too_large;
  }
  // Unsigned arithmetic that can't wrap: now is a real time, far below the type's end.
  const auto now_ms = static_cast<std::uint64_t>(now.count());
  const auto ahead = static_cast<std::uint64_t>(max_presence_ahead.count());
  if (content.issued_at_ms > now_ms + ahead) return errc::expired;
  if (content.issued_at_ms + content.lifetime_ms < now_ms) return errc::expired;
  if (!verify(content.node, signed_text(content), content.signed_with)) return errc::bad_signature;
  return {};
}

}  // namespace hearth::wire
