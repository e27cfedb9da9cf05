// The logs that the cluster shares: log_store and what exchange with other nodes needs. Runs go out
// as they were signed, and come in only when chain, hashes and signature hold.
//
// A run must end at an entry whose signature is kept. Of its own entries a node keeps every
// signature, of others' those that ended a run when it came; no stretch without one is larger than
// max_run_bytes, so a run can start at any number.
#pragma once
#include "store/log/log_chain.hpp"
#include "store/log/log_store.hpp"

namespace hearth::logs {

/// 16 bytes that are equal for stores with equal content.
using digest = std::array<std::uint8_t, 16>;

/// What a node tells others about one log.
struct log_summary {
  log_key log;
  seq_no last;            // of a frozen log: where it forked
  std::uint64_t tag = 0;  // first 8 bytes of the newest header's hash; 0 for a frozen log
  bool frozen = false;

  bool operator==(const log_summary&) const = default;
};

struct ingest_outcome {
  std::vector<entry> stored;      // those that were new, in order
  std::size_t known = 0;          // those that were here already
  bool own_log_restored = false;  // others knew more of this node's log than it did itself: it was
                                  // restored from a backup, and goes on in a new incarnation
};

class shared_log_store final : public log_store {
 public:
  static result<std::unique_ptr<shared_log_store>> open(std::unique_ptr<log_backend> backend,
                                                        const signing_key& key,
                                                        random_source& random,
                                                        std::shared_ptr<stamp_clock> stamps);

  /// Entries from a number on, up to the last signed one within max_bytes, or else up to the first
  /// signed one. errc::not_found when from is above the newest number.
  result<shared_run> read_run(const log_key& log, seq_no from, std::size_t max_bytes) const;

  /// The other history of a frozen log, from the number where it forked. errc::not_found.
  result<shared_run> read_evidence(const log_key& log) const;

  /// Checks a run and stores what is new in it, durably and all or none. Entries already here are
  /// skipped. errc::gap; errc::forked (the log is frozen from now on: frozen_logs() names it);
  /// errc::frozen, broken_chain, bad_signature, malformed, too_large, too_many; backend errors.
  result<ingest_outcome> ingest(shared_run run);

  /// Nothing for a log that is not here.
  std::optional<log_summary> summary(const log_key& log) const;
  /// In the order of log keys.
  std::vector<log_summary> summaries() const;
  /// BLAKE2b-128 of the summaries; kept until something changes.
  digest content_digest() const;

 private:
  using log_store::log_store;
  enum class overlap { same, different };
  result<overlap> compare(const log_head& head, const shared_run& run,
                          const std::vector<bytes32>& hashes) const;
  result<ingest_outcome> extend(const log_head& head, shared_run run);
  result<void> freeze(log_head head, shared_run run, const std::vector<bytes32>& hashes);

  mutable std::uint64_t digested_at_ = ~std::uint64_t{0};  // changes() when digest_ was computed
  mutable digest digest_{};
};

}  // namespace hearth::logs
