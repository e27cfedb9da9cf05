// What nodes say to each other once their link is encrypted. A frame is one type byte and a body of
// that type, big-endian, at most 16 MiB; the transport says where it ends. Specification:
// docs/protocols/gossip.md. Types are values, functions pure and thread-safe. Each limit below is
// held when a frame is read; whoever makes a message keeps to it (encode_frame does not check).
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "net/wire/errc.hpp"
#include "store/log/shared_log_store.hpp"

namespace hearth::wire {

inline constexpr std::size_t max_frame_bytes = 16 * 1024 * 1024;
inline constexpr std::size_t max_name_bytes = 64;
inline constexpr std::size_t max_capabilities = 32;
inline constexpr std::size_t max_capability_bytes = 32;
inline constexpr std::size_t max_summaries = 100'000;
inline constexpr std::size_t max_wants = 64;
inline constexpr std::size_t max_kind_bytes = 32;
inline constexpr std::size_t max_presence_bytes = 64 * 1024;
inline constexpr std::size_t max_fetch_name_bytes = 512;
inline constexpr std::size_t max_fetch_body_bytes = 1024 * 1024 + 4096;
inline constexpr std::size_t max_text_bytes = 200;
inline constexpr std::uint16_t protocol_version = 1;

/// First on every link, from both sides. Fields that a newer release adds at its end are skipped.
struct hello {
  std::uint16_t protocol_min = protocol_version;
  std::uint16_t protocol_max = protocol_version;
  std::string node_name;  // at most 64 bytes
  std::string version;    // at most 64 bytes
  std::vector<std::string> capabilities;
  bool operator==(const hello&) const = default;
};

/// What the sender's shared space holds, in 16 bytes.
struct digest {
  logs::digest value{};
  bool operator==(const digest&) const = default;
};

/// Where the sender stands in all its logs (whole), or in those that it wants to speak of.
struct versions {
  bool whole = false;
  std::vector<logs::log_summary> logs;
  bool operator==(const versions&) const = default;
};

struct want_item {
  logs::log_key log;
  logs::seq_no from;
  bool operator==(const want_item&) const = default;
};

/// Asks for one run of each of these logs.
struct want {
  std::vector<want_item> items;
  bool operator==(const want&) const = default;
};

/// A run of entries, pushed or in answer to a want. Deflated when that pays.
struct entries {
  logs::shared_run run;
  bool answer = false;
  bool operator==(const entries&) const = default;
};

/// The sender has this log on its disk up to seq.
struct ack {
  logs::log_key log;
  logs::seq_no seq;
  bool operator==(const ack&) const = default;
};

/// Short-lived facts of a node (presence.hpp makes and checks them).
struct presence {
  node_id node;
  std::uint64_t issued_at_ms = 0;
  std::uint32_t lifetime_ms = 0;  // at most 60,000
  std::string kind;               // at most 32 bytes
  bytes body;                     // at most 64 KiB
  signature signed_with{};
  bool operator==(const presence&) const = default;
};

struct ping {
  std::uint64_t nonce = 0;
  bool operator==(const ping&) const = default;
};

struct pong {
  std::uint64_t nonce = 0;
  bool operator==(const pong&) const = default;
};

/// Asks for a piece of something that is not in the logs, e.g. of an image.
struct fetch_request {
  std::uint64_t id = 0;
  std::string kind;  // at most 32 bytes
  std::string name;  // at most 512 bytes
  std::uint64_t offset = 0;
  std::uint32_t length = 0;
  bool operator==(const fetch_request&) const = default;
};

enum class fetch_status : std::uint8_t { ok, not_found, refused, busy, failed };

struct fetch_response {
  std::uint64_t id = 0;
  fetch_status status = fetch_status::ok;
  std::uint64_t total = 0;  // bytes of the whole thing
  bytes body;               // at most 1 MiB + 4 KiB
  std::string message;      // at most 200 bytes, for people
  bool operator==(const fetch_response&) const = default;
};

/// The sender closes the link, and why (at most 200 bytes, for people).
struct bye {
  std::string reason;
  bool operator==(const bye&) const = default;
};

/// A frame of a type that this release does not know; it is skipped.
struct unknown_message {
  std::uint8_t type = 0;
  bool operator==(const unknown_message&) const = default;
};

using message = std::variant<hello, digest, versions, want, entries, ack, presence, ping, pong,
                             fetch_request, fetch_response, bye, unknown_message>;

bytes encode_frame(const message& content);
/// Errors: wire::errc malformed, too_large, too_many, bad_text.
result<message> decode_frame(byte_view frame);

/// The newest protocol version that both sides speak. errc::incompatible.
result<std::uint16_t> common_protocol(const hello& ours, const hello& theirs);

}  // namespace hearth::wire
