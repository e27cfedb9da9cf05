// Logs in memory: for tests and simulations, which so run the store's real rules without a disk.
#pragma once
#include <map>

#include "store/log/log_backend.hpp"

namespace hearth::logs {

class memory_backend final : public log_backend {
 public:
  result<std::vector<log_head>> heads() override;
  result<std::optional<std::uint64_t>> incarnation() override { return incarnation_; }
  result<stored_entry> read(const log_key& log, seq_no seq) override;
  result<void> scan(const log_key& log, seq_no from, const visitor& visit) override;
  result<void> scan_evidence(const log_key& log, const visitor& visit) override;
  result<void> commit(const log_batch& batch) override;

  /// The next commits fail with this error; a default one ends that.
  void fail_commits_with(error_code error) { commit_error_ = error; }

 private:
  using entries_of_log = std::map<seq_no, stored_entry>;
  std::map<log_key, log_head> heads_;
  std::map<log_key, entries_of_log> entries_;
  std::map<log_key, entries_of_log> evidence_;
  std::optional<std::uint64_t> incarnation_;
  error_code commit_error_;
};

}  // namespace hearth::logs
