#include "store/log/entry.hpp"

#include "store/base/hash.hpp"

namespace hearth::logs {
namespace {

constexpr std::uint8_t header_version = 1;
constexpr std::string_view signing_domain = "hearth log head v1";

result<log_key> read_log_key(byte_reader& in) {
  auto author = in.raw32();
  if (!author) return author.error();
  auto incarnation = in.u64();
  if (!incarnation) return incarnation.error();
  return log_key{node_id{*author}, *incarnation};
}

}  // namespace

std::string log_key::text() const {
  return author.text() + "-" + std::to_string(incarnation);
}

bytes encode_header(const entry_header& header) {
  byte_writer out;
  out.u8(header_version);
  out.u8(static_cast<std::uint8_t>(header.in));
  out.raw(header.log.author.key);
  out.u64(header.log.incarnation);
  out.u64(header.seq.value);
  out.u64(header.hlc);
  out.raw(header.previous);
  out.u16(header.kind);
  out.u32(header.payload_size);
  out.raw(header.payload_hash);
  return out.take();
}

result<entry_header> decode_header(byte_view data) {
  if (data.size() != header_bytes) return errc::malformed;
  byte_reader in(data);
  // The length was checked, so none of these reads can fail.
  const auto version = *in.u8();
  const auto in_space = *in.u8();
  if (version != header_version || in_space < 1 || in_space > 2) return errc::malformed;
  entry_header header;
  header.in = static_cast<space>(in_space);
  header.log = *read_log_key(in);
  header.seq = seq_no{*in.u64()};
  header.hlc = *in.u64();
  header.previous = *in.raw32();
  header.kind = *in.u16();
  header.payload_size = *in.u32();
  header.payload_hash = *in.raw32();
  if (header.seq.value == 0 || header.payload_size > max_payload_bytes) return errc::malformed;
  return header;
}

bytes32 hash_of(const entry_header& header) {
  return blake2b(encode_header(header));
}

bytes signed_text(const bytes32& header_hash) {
  byte_writer out;
  out.raw(as_bytes(signing_domain));
  out.raw(header_hash);
  return out.take();
}

}  // namespace hearth::logs
