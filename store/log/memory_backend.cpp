#include "store/log/memory_backend.hpp"

namespace hearth::logs {

result<std::vector<log_head>> memory_backend::heads() {
  std::vector<log_head> out;
  for (const auto& [log, head] : heads_)
    out.push_back(head);
  return out;
}

result<stored_entry> memory_backend::read(const log_key& log, seq_no seq) {
  const auto in_log = entries_.find(log);
  if (in_log == entries_.end()) return errc::not_found;
  const auto found = in_log->second.find(seq);
  if (found == in_log->second.end()) return errc::not_found;
  return found->second;
}

result<void> memory_backend::scan(const log_key& log, seq_no from, const visitor& visit) {
  auto& in_log = entries_[log];
  for (auto at = in_log.lower_bound(from); at != in_log.end(); ++at) {
    if (!visit(at->second)) break;
  }
  return {};
}

result<void> memory_backend::scan_evidence(const log_key& log, const visitor& visit) {
  for (const auto& [seq, item] : evidence_[log]) {
    if (!visit(item)) break;
  }
  return {};
}

result<void> memory_backend::commit(const log_batch& batch) {
  if (commit_error_) return commit_error_;
  for (const auto& item : batch.entries) {
    entries_[item.value.header.log].insert_or_assign(item.value.header.seq, item);
  }
  for (const auto& item : batch.evidence) {
    evidence_[item.value.header.log].insert_or_assign(item.value.header.seq, item);
  }
  for (const auto& head : batch.heads)
    heads_.insert_or_assign(head.log, head);
  if (batch.incarnation) incarnation_ = batch.incarnation;
  return {};
}

}  // namespace hearth::logs
