#include "store/log/shared_log_store.hpp"

#include "store/base/hash.hpp"

namespace hearth::logs {
namespace {

log_summary summary_of(const log_head& head) {
  if (head.frozen()) return {head.log, head.forked_at, 0, true};
  return {head.log, head.last, *byte_reader(head.hash).u64(), false};
}

/// Collects the entries of a run until it is long enough and ends at a signature.
class run_builder {
 public:
  explicit run_builder(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  /// Says whether another entry is wanted.
  bool take(stored_entry item) {
    cost_ += item.value.cost();
    if (cost_ > max_bytes_ && signed_count_ > 0) return false;
    run_.log = item.value.header.log;
    run_.entries.push_back(std::move(item.value));
    if (item.signed_here) {
      run_.signed_last = *item.signed_here;
      signed_count_ = run_.entries.size();
    }
    return cost_ < max_bytes_ || signed_count_ == 0;
  }

  result<shared_run> finish() {
    if (run_.entries.empty()) return errc::not_found;
    if (signed_count_ == 0) return errc::corrupt;  // every head is stored with its signature
    run_.entries.resize(signed_count_);
    return std::move(run_);
  }

 private:
  std::size_t max_bytes_;
  std::size_t cost_ = 0;
  std::size_t signed_count_ = 0;  // entries up to the last signature
  shared_run run_;
};

std::vector<stored_entry> with_signature(std::vector<entry> entries, const signature& last) {
  std::vector<stored_entry> out;
  out.reserve(entries.size());
  for (auto& item : entries)
    out.push_back({std::move(item), std::nullopt});
  out.back().signed_here = last;
  return out;
}

}  // namespace

result<std::unique_ptr<shared_log_store>> shared_log_store::open(
    std::unique_ptr<log_backend> backend, const signing_key& key, random_source& random,
    std::shared_ptr<stamp_clock> stamps) {
  std::unique_ptr<shared_log_store> store(
      new shared_log_store(space::shared, std::move(backend), key, random, std::move(stamps)));
  if (auto loaded = store->load(); !loaded) return loaded.error();
  return store;
}

result<shared_run> shared_log_store::read_run(const log_key& log, seq_no from,
                                              std::size_t max_bytes) const {
  if (from.value == 0 || from > head_of(log).last) return errc::not_found;
  run_builder builder(std::min(max_bytes, max_run_bytes));
  const auto take = [&builder](stored_entry item) { return builder.take(std::move(item)); };
  if (auto done = backend().scan(log, from, take); !done) return done.error();
  return builder.finish();
}

result<shared_run> shared_log_store::read_evidence(const log_key& log) const {
  run_builder builder(max_run_bytes);
  const auto take = [&builder](stored_entry item) { return builder.take(std::move(item)); };
  if (auto done = backend().scan_evidence(log, take); !done) return done.error();
  return builder.finish();
}

result<shared_log_store::overlap> shared_log_store::compare(
    const log_head& head, const shared_run& run, const std::vector<bytes32>& hashes) const {
  const auto judge = [](const bytes32& a, const bytes32& b) {
    return a == b ? overlap::same : overlap::different;
  };
  const auto first = run.entries.front().header.seq;
  if (first == head.last.next()) return judge(run.entries.front().header.previous, head.hash);
  // Headers name each other's hashes: if the newest one that both have is the same, so are all
  // before.
  const auto last = run.entries.back().header.seq;
  const auto common = std::min(head.last, last);
  const auto& theirs = hashes[common.value - first.value];
  if (common == head.last) return judge(theirs, head.hash);
  auto ours = backend().read(head.log, common);
  if (!ours) return ours.error();
  return judge(theirs, hash_of(ours->value.header));
}

result<ingest_outcome> shared_log_store::ingest(shared_run run) {
  auto hashes = check_run(run);
  if (!hashes) return hashes.error();
  const auto head = head_of(run.log);
  if (head.frozen()) return errc::frozen;
  if (run.entries.front().header.seq > head.last.next()) return errc::gap;
  if (head.last.value == 0 && heads().size() >= max_logs) return errc::too_many;
  auto same = compare(head, run, *hashes);
  if (!same) return same.error();
  if (*same == overlap::different) {
    if (auto done = freeze(head, std::move(run), *hashes); !done) return done.error();
    return errc::forked;
  }
  return extend(head, std::move(run));
}

result<ingest_outcome> shared_log_store::extend(const log_head& head, shared_run run) {
  ingest_outcome out;
  const auto first = run.entries.front().header.seq;
  out.known = std::min<std::size_t>(run.entries.size(), head.last.next().value - first.value);
  run.entries.erase(run.entries.begin(),
                    run.entries.begin() + static_cast<std::ptrdiff_t>(out.known));
  if (run.entries.empty()) return out;

  log_batch batch;
  batch.heads.push_back(head_after(head, run.entries.back().header));
  batch.entries = with_signature(std::move(run.entries), run.signed_last);
  out.own_log_restored = run.log == own_log();
  if (out.own_log_restored) batch.incarnation = fresh_incarnation();
  if (auto done = commit(batch); !done) return done.error();
  stamps().observe(batch.heads.front().hlc);
  out.stored.reserve(batch.entries.size());
  for (auto& item : batch.entries)
    out.stored.push_back(std::move(item.value));
  return out;
}

result<void> shared_log_store::freeze(log_head head, shared_run run,
                                      const std::vector<bytes32>& hashes) {
  auto& entries = run.entries;
  std::size_t same = 0;  // leading entries of the run that are ours, too
  for (; same < entries.size() && entries[same].header.seq <= head.last; ++same) {
    auto ours = backend().read(head.log, entries[same].header.seq);
    if (!ours) return ours.error();
    if (hash_of(ours->value.header) != hashes[same]) break;
  }
  head.forked_at = entries[same].header.seq;
  entries.erase(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(same));
  log_batch batch;
  batch.heads.push_back(head);
  batch.evidence = with_signature(std::move(entries), run.signed_last);
  if (run.log == own_log()) batch.incarnation = fresh_incarnation();
  return commit(batch);
}

std::optional<log_summary> shared_log_store::summary(const log_key& log) const {
  const auto found = heads().find(log);
  if (found == heads().end()) return std::nullopt;
  return summary_of(found->second);
}

std::vector<log_summary> shared_log_store::summaries() const {
  std::vector<log_summary> out;
  out.reserve(heads().size());
  for (const auto& [log, head] : heads())
    out.push_back(summary_of(head));
  return out;
}

digest shared_log_store::content_digest() const {
  if (digested_at_ == changes()) return digest_;
  blake2b_stream hash;
  for (const auto& [log, head] : heads()) {
    const auto summary = summary_of(head);
    byte_writer out;
    out.raw(log.author.key);
    out.u64(log.incarnation);
    // A frozen log counts as one that is known to be frozen: nodes that stopped at different
    // numbers have nothing to tell each other about it.
    out.u8(summary.frozen ? 1 : 0);
    out.u64(summary.frozen ? 0 : summary.last.value);
    out.u64(summary.tag);
    hash.update(out.view());
  }
  const auto whole = hash.finish();
  std::copy_n(whole.begin(), digest_.size(), digest_.begin());
  digested_at_ = changes();
  return digest_;
}

}  // namespace hearth::logs
