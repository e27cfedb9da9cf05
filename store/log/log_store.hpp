// The logs of one space: this node's own, to which it appends, and those of others. What append
// returned is on the disk. The shared space adds exchange with other nodes (shared_log_store); the
// local space (local_log_store) never leaves, and the network's code does not accept its type.
//
// Threads: not thread-safe and blocking; call it from one worker strand. Nothing is cancelled
// midway. Limits: payload 12 MiB; 100,000 logs. Errors: store/log/errc.hpp.
#pragma once
#include <functional>
#include <map>
#include <memory>

#include "store/base/random.hpp"
#include "store/log/log_backend.hpp"
#include "store/log/stamp_clock.hpp"

namespace hearth::logs {

inline constexpr std::size_t max_logs = 100'000;

/// How far a reader knows each log.
using version_vector = std::map<log_key, seq_no>;

class log_store {
 public:
  log_store(const log_store&) = delete;
  log_store& operator=(const log_store&) = delete;

  /// Appends one entry to this node's own log. Durable when it returns.
  /// errc::too_large, disk_full, io_failed.
  result<entry> append(std::uint16_t kind, bytes payload);
  /// Appends several, all or none.
  result<std::vector<entry>> append_all(std::vector<draft> drafts);

  /// errc::not_found when the log or the number is not there.
  result<entry> read(const log_key& log, seq_no seq) const;

  /// Visits every entry after those named, log by log (in the order of their keys), each from its
  /// first number to its last: how a view is rebuilt, or brought up to date.
  result<void> for_each(const std::function<void(const entry&)>& visit,
                        const version_vector& after = {}) const;

  /// The newest number of every log.
  version_vector versions() const;
  /// The log to which this node appends now.
  const log_key& own_log() const { return own_; }
  /// Logs whose author signed two histories; they take nothing more.
  std::vector<log_head> frozen_logs() const;

 protected:
  log_store(space in, std::unique_ptr<log_backend> backend, const signing_key& key,
            random_source& random, std::shared_ptr<stamp_clock> stamps);
  ~log_store() = default;

  /// Reads heads and incarnation; chooses an incarnation for a new store.
  result<void> load();
  /// The head of a log, or an empty one.
  log_head head_of(const log_key& log) const;
  /// Makes a batch durable, then takes over its heads.
  result<void> commit(const log_batch& batch);
  std::uint64_t fresh_incarnation() { return random_.u64(); }

  log_backend& backend() const { return *backend_; }
  const std::map<log_key, log_head>& heads() const { return heads_; }
  stamp_clock& stamps() { return *stamps_; }
  /// Grows with every commit.
  std::uint64_t changes() const { return changes_; }

 private:
  result<void> leave_stamps_of_a_wrong_clock();

  space in_;
  std::unique_ptr<log_backend> backend_;
  signing_key key_;
  random_source& random_;
  std::shared_ptr<stamp_clock> stamps_;
  log_key own_;
  std::map<log_key, log_head> heads_;
  std::uint64_t changes_ = 0;
};

/// Entries that never leave this node.
class local_log_store final : public log_store {
 public:
  static result<std::unique_ptr<local_log_store>> open(std::unique_ptr<log_backend> backend,
                                                       const signing_key& key,
                                                       random_source& random,
                                                       std::shared_ptr<stamp_clock> stamps);

 private:
  using log_store::log_store;
};

}  // namespace hearth::logs
