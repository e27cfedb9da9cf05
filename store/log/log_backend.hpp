// Where the logs of one space lie. log_store holds the rules; a backend only keeps
// bytes: RocksDB (rocks_backend.hpp) or memory (memory_backend.hpp). Calls block; one thread at a
// time. Errors: errc::not_found, disk_full, corrupt, io_failed.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "store/log/entry.hpp"

namespace hearth::logs {

/// An entry and, where a run once ended there, its author's signature of the header.
struct stored_entry {
  entry value;
  std::optional<signature> signed_here;
};

/// The newest entry of a log.
struct log_head {
  log_key log;
  seq_no last;
  bytes32 hash{};         // of the header of last
  std::uint64_t hlc = 0;  // of last
  seq_no forked_at;       // where a second history was seen; 0 when there is none

  bool frozen() const { return forked_at.value != 0; }
};

/// What becomes durable together or not at all.
struct log_batch {
  std::vector<stored_entry> entries;
  std::vector<stored_entry> evidence;  // of a second history
  std::vector<log_head> heads;
  std::optional<std::uint64_t> incarnation;  // of this node's own log from now on
};

class log_backend {
 public:
  /// Says whether to go on.
  using visitor = std::function<bool(stored_entry)>;

  virtual ~log_backend() = default;
  virtual result<std::vector<log_head>> heads() = 0;
  /// Nothing when the store is new.
  virtual result<std::optional<std::uint64_t>> incarnation() = 0;
  virtual result<stored_entry> read(const log_key& log, seq_no seq) = 0;
  /// Entries of one log from a number on, in order.
  virtual result<void> scan(const log_key& log, seq_no from, const visitor& visit) = 0;
  virtual result<void> scan_evidence(const log_key& log, const visitor& visit) = 0;
  /// Atomic, and on the disk when it returns.
  virtual result<void> commit(const log_batch& batch) = 0;
};

}  // namespace hearth::logs
