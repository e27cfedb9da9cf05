#include "net/wire/run_codec.hpp"

#include "net/wire/field_reader.hpp"
#include "store/base/hash.hpp"

namespace hearth::wire {
namespace {

constexpr std::uint8_t run_version = 1;
constexpr std::size_t smallest_entry = 8 + 2 + 4;

logs::entry read_entry(field_reader& in) {
  logs::entry out;
  out.header.hlc = in.u64();
  out.header.kind = in.u16();
  out.payload = in.sized(logs::max_payload_bytes);
  out.header.payload_size = static_cast<std::uint32_t>(out.payload.size());
  out.header.payload_hash = blake2b(out.payload);
  return out;
}

}  // namespace

bytes encode_run(const logs::shared_run& run) {
  byte_writer out;
  out.u8(run_version);
  out.raw(run.log.author.key);
  out.u64(run.log.incarnation);
  const auto& first = run.entries.front().header;
  out.u64(first.seq.value);
  out.raw(first.previous);
  out.raw(run.signed_last);
  out.u32(static_cast<std::uint32_t>(run.entries.size()));
  for (const auto& item : run.entries) {
    out.u64(item.header.hlc);
    out.u16(item.header.kind);
    out.sized(item.payload);
  }
  return out.take();
}

result<logs::shared_run> decode_run(byte_view data) {
  field_reader in(data);
  if (in.u8() != run_version) in.fail(errc::malformed);
  logs::shared_run run;
  run.log = in.log();
  auto seq = in.seq();
  auto previous = in.hash();
  run.signed_last = in.signed_with();
  const auto count = in.count(logs::max_run_bytes / logs::header_bytes, smallest_entry);
  if (seq.value == 0 || count == 0 || seq.value + count < seq.value) in.fail(errc::malformed);
  std::size_t cost = 0;
  for (std::size_t i = 0; i < count && !in.failed(); ++i) {
    auto item = read_entry(in);
    item.header.log = run.log;
    item.header.seq = seq;
    item.header.previous = previous;
    cost += item.cost();
    if (cost > logs::max_run_bytes) in.fail(errc::too_large);
    previous = logs::hash_of(item.header);
    seq = seq.next();
    run.entries.push_back(std::move(item));
  }
  return in.finish(std::move(run));
}

}  // namespace hearth::wire
