#include "net/gossip/shared_entries.hpp"

namespace hearth::gossip {

logs::log_key shared_entries::own_log() {
  return store_.own_log();
}

logs::digest shared_entries::content_digest() {
  return store_.content_digest();
}

std::vector<logs::log_summary> shared_entries::summaries() {
  return store_.summaries();
}

std::optional<logs::log_summary> shared_entries::summary(const logs::log_key& log) {
  return store_.summary(log);
}

result<logs::shared_run> shared_entries::read_run(const logs::log_key& log, logs::seq_no from,
                                                  std::size_t max_bytes) {
  return store_.read_run(log, from, max_bytes);
}

result<logs::shared_run> shared_entries::read_evidence(const logs::log_key& log) {
  return store_.read_evidence(log);
}

result<logs::ingest_outcome> shared_entries::ingest(logs::shared_run run) {
  return store_.ingest(std::move(run));
}

}  // namespace hearth::gossip
