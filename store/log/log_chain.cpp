#include "store/log/log_chain.hpp"

#include "store/base/hash.hpp"

namespace hearth::logs {
namespace {

bool payload_fits(const entry& item) {
  return item.payload.size() == item.header.payload_size &&
         blake2b(item.payload) == item.header.payload_hash;
}

/// Whether a header can stand first in a run of this log.
bool can_start(const entry_header& header, const log_key& log) {
  if (header.in != space::shared || header.log != log || header.seq.value == 0) return false;
  return header.seq.value > 1 || header.previous == bytes32{};
}

bool follows(const entry_header& header, const entry_header& before, const bytes32& before_hash) {
  return header.in == before.in && header.log == before.log && header.seq == before.seq.next() &&
         header.previous == before_hash && header.hlc > before.hlc;
}

}  // namespace

entry next_entry(const log_head& head, space in, std::uint64_t hlc, draft content) {
  entry out;
  out.header.in = in;
  out.header.log = head.log;
  out.header.seq = head.last.next();
  out.header.hlc = hlc;
  out.header.previous = head.hash;
  out.header.kind = content.kind;
  out.header.payload_size = static_cast<std::uint32_t>(content.payload.size());
  out.header.payload_hash = blake2b(content.payload);
  out.payload = std::move(content.payload);
  return out;
}

log_head head_after(const log_head& head, const entry_header& header) {
  auto out = head;
  out.last = header.seq;
  out.hash = hash_of(header);
  out.hlc = header.hlc;
  return out;
}

result<std::vector<bytes32>> check_run(const shared_run& run) {
  if (run.entries.empty()) return errc::malformed;
  std::size_t cost = 0;
  for (const auto& item : run.entries) {
    if (item.payload.size() > max_payload_bytes) return errc::too_large;
    cost += item.cost();
  }
  if (cost > max_run_bytes) return errc::too_large;

  std::vector<bytes32> hashes;
  hashes.reserve(run.entries.size());
  for (std::size_t i = 0; i < run.entries.size(); ++i) {
    const auto& header = run.entries[i].header;
    const bool linked = i == 0 ? can_start(header, run.log)
                               : follows(header, run.entries[i - 1].header, hashes.back());
    if (!linked || !payload_fits(run.entries[i])) return errc::broken_chain;
    hashes.push_back(hash_of(header));
  }
  if (!verify(run.log.author, signed_text(hashes.back()), run.signed_last)) {
    return errc::bad_signature;
  }
  return hashes;
}

}  // namespace hearth::logs
