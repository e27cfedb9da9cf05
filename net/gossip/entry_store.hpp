// What gossip needs of a store of shared logs; shared_entries.hpp gives it that of store/log. All
// calls block and belong to the thread that the gossip core runs on.
#pragma once
#include <optional>

#include "store/log/shared_log_store.hpp"

namespace hearth::gossip {

class entry_store {
 public:
  virtual ~entry_store() = default;
  virtual logs::log_key own_log() = 0;
  virtual logs::digest content_digest() = 0;
  virtual std::vector<logs::log_summary> summaries() = 0;
  virtual std::optional<logs::log_summary> summary(const logs::log_key& log) = 0;
  virtual result<logs::shared_run> read_run(const logs::log_key& log, logs::seq_no from,
                                            std::size_t max_bytes) = 0;
  virtual result<logs::shared_run> read_evidence(const logs::log_key& log) = 0;
  virtual result<logs::ingest_outcome> ingest(logs::shared_run run) = 0;
};

}  // namespace hearth::gossip
