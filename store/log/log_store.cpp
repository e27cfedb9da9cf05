#include "store/log/log_store.hpp"

#include "store/log/log_chain.hpp"

namespace hearth::logs {

log_store::log_store(space in, std::unique_ptr<log_backend> backend, const signing_key& key,
                     random_source& random, std::shared_ptr<stamp_clock> stamps)
    : in_(in),
      backend_(std::move(backend)),
      key_(key),
      random_(random),
      stamps_(std::move(stamps)) {}

result<void> log_store::load() {
  auto incarnation = backend_->incarnation();
  if (!incarnation) return incarnation.error();
  auto heads = backend_->heads();
  if (!heads) return heads.error();
  for (auto& head : *heads) {
    stamps_->observe(head.hlc);
    heads_.emplace(head.log, head);
  }
  if (*incarnation) {
    own_ = log_key{key_.id(), **incarnation};
    return {};
  }
  log_batch batch;
  batch.incarnation = fresh_incarnation();
  return commit(batch);
}

result<void> log_store::commit(const log_batch& batch) {
  if (auto done = backend_->commit(batch); !done) return done.error();
  ++changes_;
  for (const auto& head : batch.heads)
    heads_.insert_or_assign(head.log, head);
  if (batch.incarnation) own_ = log_key{key_.id(), *batch.incarnation};
  return {};
}

log_head log_store::head_of(const log_key& log) const {
  const auto found = heads_.find(log);
  return found == heads_.end() ? log_head{log} : found->second;
}

result<void> log_store::leave_stamps_of_a_wrong_clock() {
  // Stamps rise within a log. If this machine's clock ran ahead and was set right, new entries
  // would have to carry the wrong time for as long as it was ahead; in a new incarnation they need
  // not.
  if (!stamps_->far_ahead(head_of(own_).hlc)) return {};
  log_batch batch;
  batch.incarnation = fresh_incarnation();
  return commit(batch);
}

result<entry> log_store::append(std::uint16_t kind, bytes payload) {
  std::vector<draft> one(1);
  one.front() = draft{kind, std::move(payload)};
  auto entries = append_all(std::move(one));
  if (!entries) return entries.error();
  return std::move(entries->front());
}

result<std::vector<entry>> log_store::append_all(std::vector<draft> drafts) {
  std::vector<entry> out;
  if (drafts.empty()) return out;
  for (const auto& item : drafts) {
    if (item.payload.size() > max_payload_bytes) return errc::too_large;
  }
  if (auto ready = leave_stamps_of_a_wrong_clock(); !ready) return ready.error();
  auto head = head_of(own_);
  log_batch batch;
  for (auto& item : drafts) {
    auto made = next_entry(head, in_, std::max(stamps_->next(), head.hlc + 1), std::move(item));
    head = head_after(head, made.header);
    batch.entries.push_back({std::move(made), key_.sign(signed_text(head.hash))});
  }
  batch.heads.push_back(head);
  if (auto done = commit(batch); !done) return done.error();
  for (auto& item : batch.entries)
    out.push_back(std::move(item.value));
  return out;
}

result<entry> log_store::read(const log_key& log, seq_no seq) const {
  auto found = backend_->read(log, seq);
  if (!found) return found.error();
  return std::move(found->value);
}

result<void> log_store::for_each(const std::function<void(const entry&)>& visit,
                                 const version_vector& after) const {
  const auto pass_on = [&visit](stored_entry item) {
    visit(item.value);
    return true;
  };
  for (const auto& [log, head] : heads_) {
    const auto known = after.find(log);
    const auto from = known == after.end() ? seq_no{1} : known->second.next();
    if (from > head.last) continue;
    if (auto done = backend_->scan(log, from, pass_on); !done) return done.error();
  }
  return {};
}

version_vector log_store::versions() const {
  version_vector out;
  for (const auto& [log, head] : heads_)
    out.emplace(log, head.last);
  return out;
}

std::vector<log_head> log_store::frozen_logs() const {
  std::vector<log_head> out;
  for (const auto& [log, head] : heads_) {
    if (head.frozen()) out.push_back(head);
  }
  return out;
}

result<std::unique_ptr<local_log_store>> local_log_store::open(
    std::unique_ptr<log_backend> backend, const signing_key& key, random_source& random,
    std::shared_ptr<stamp_clock> stamps) {
  std::unique_ptr<local_log_store> store(
      new local_log_store(space::local, std::move(backend), key, random, std::move(stamps)));
  if (auto loaded = store->load(); !loaded) return loaded.error();
  return store;
}

}  // namespace hearth::logs
