// entry_store over a shared_log_store, which must outlive it. There is none over the local space.
#pragma once
#include "net/gossip/entry_store.hpp"

namespace hearth::gossip {

class shared_entries final : public entry_store {
 public:
  explicit shared_entries(logs::shared_log_store& store) : store_(store) {}

  logs::log_key own_log() override;
  logs::digest content_digest() override;
  std::vector<logs::log_summary> summaries() override;
  std::optional<logs::log_summary> summary(const logs::log_key& log) override;
  result<logs::shared_run> read_run(const logs::log_key& log, logs::seq_no from,
                                    std::size_t max_bytes) override;
  result<logs::shared_run> read_evidence(const logs::log_key& log) override;
  result<logs::ingest_outcome> ingest(logs::shared_run run) override;

 private:
  logs::shared_log_store& store_;
};

}  // namespace hearth::gossip
