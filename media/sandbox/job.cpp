#include "media/sandbox/job.hpp"

namespace hearth::sandbox {
namespace {

constexpr std::uint8_t request_version = 1;

}  // namespace

bytes job_request::encode() const {
  byte_writer writer;
  writer.u8(request_version);
  writer.u64(memory_bytes);
  writer.u32(cpu_seconds);
  writer.u32(parent);
  writer.sized(as_bytes(kind));
  writer.sized(body);
  return writer.take();
}

result<job_request> job_request::decode(byte_view data) {
  byte_reader reader(data);
  const auto version = reader.u8();
  const auto memory = reader.u64();
  const auto cpu = reader.u32();
  const auto parent = reader.u32();
  const auto kind = reader.sized(max_request_bytes);
  const auto body = reader.sized(max_request_bytes);
  if (!version || !memory || !cpu || !parent || !kind || !body) return hearth::errc::truncated;
  if (*version != request_version || !reader.empty()) return hearth::errc::malformed;
  return job_request{std::string(as_text(*kind)), bytes(body->begin(), body->end()), *memory, *cpu,
                     *parent};
}

bytes encode_answer(job_outcome outcome, byte_view body) {
  byte_writer writer;
  writer.u8(static_cast<std::uint8_t>(outcome));
  writer.sized(body);
  return writer.take();
}

result<bytes> decode_answer(byte_view data) {
  byte_reader reader(data);
  const auto outcome = reader.u8();
  const auto body = reader.sized(data.size());
  if (!outcome || !body || !reader.empty()) return errc::bad_answer;
  switch (static_cast<job_outcome>(*outcome)) {
    case job_outcome::done:
      return bytes(body->begin(), body->end());
    case job_outcome::unknown_job:
      return errc::unknown_job;
    case job_outcome::out_of_memory:
      return errc::worker_out_of_memory;
    case job_outcome::failed:
      return errc::worker_crashed;
  }
  return errc::bad_answer;
}

}  // namespace hearth::sandbox
