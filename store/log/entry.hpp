// What a log consists of: entries with a fixed header, numbered from 1, each naming the hash of the
// header before it. Format: docs/formats/log.md. The types are values; the functions are pure.
#pragma once
#include <compare>
#include <string>
#include <vector>

#include "store/base/signing.hpp"
#include "store/log/errc.hpp"

namespace hearth::logs {

/// Largest payload of one entry.
inline constexpr std::size_t max_payload_bytes = 12 * 1024 * 1024;
/// Bytes of an encoded header.
inline constexpr std::size_t header_bytes = 128;

/// Who shares a log's content: the cluster, or nobody but this node.
enum class space : std::uint8_t { shared = 1, local = 2 };

/// One log of a space. An author starts a new incarnation, with numbers from 1, whenever it can't
/// be sure of the numbers that it used before.
struct log_key {
  node_id author;
  std::uint64_t incarnation = 0;

  auto operator<=>(const log_key&) const = default;
  /// author-incarnation, for log lines.
  std::string text() const;
};

/// Position of an entry in its log; the first is 1, and 0 stands for "nothing yet".
struct seq_no {
  std::uint64_t value = 0;

  auto operator<=>(const seq_no&) const = default;
  seq_no next() const { return {value + 1}; }
  seq_no previous() const { return {value - 1}; }
};

struct entry_header {
  space in = space::shared;
  log_key log;
  seq_no seq;
  std::uint64_t hlc = 0;   // hybrid logical clock (store/base/clock.hpp); rises within a log
  bytes32 previous{};      // hash of the header before, zeros for the first
  std::uint16_t kind = 0;  // what the payload is; this module does not look
  std::uint32_t payload_size = 0;
  bytes32 payload_hash{};  // BLAKE2b-256

  bool operator==(const entry_header&) const = default;
};

struct entry {
  entry_header header;
  bytes payload;

  /// What an entry counts for in every limit given in bytes.
  std::size_t cost() const { return payload.size() + header_bytes; }
  bool operator==(const entry&) const = default;
};

/// What an author wants to append.
struct draft {
  std::uint16_t kind = 0;
  bytes payload;
};

/// A piece of a log of the shared space: consecutive entries and the author's signature of the last
/// header, which covers all of them. The only form in which entries travel.
struct shared_run {
  log_key log;
  std::vector<entry> entries;
  signature signed_last{};

  bool operator==(const shared_run&) const = default;
};

/// The 128 bytes of a header.
bytes encode_header(const entry_header& header);
/// errc::malformed for another length, version or space, a number 0, or a payload above the limit.
result<entry_header> decode_header(byte_view data);
bytes32 hash_of(const entry_header& header);

/// What the author signs to vouch for a header and all before it.
bytes signed_text(const bytes32& header_hash);

}  // namespace hearth::logs
