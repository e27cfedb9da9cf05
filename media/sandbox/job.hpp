// What the daemon and a worker process say to each other. A worker does one job and ends. It finds
//   0  the request (a sealed memory file)    1  /dev/null    2  its words for the log (at most 64
//   KiB) 3  the input, read-only                  4  a pipe for the answer
// An answer comes from a process that hostile input may have taken over: it is decoded like any
// other outside input.
#pragma once
#include <string>

#include "media/sandbox/errc.hpp"
#include "store/base/bytes.hpp"
#include "store/base/clock.hpp"

namespace hearth::sandbox {

inline constexpr int input_descriptor = 3;
inline constexpr int answer_descriptor = 4;
inline constexpr std::size_t max_request_bytes = 64 * 1024;

/// Exit code of a worker that could not lock itself in.
inline constexpr int exit_no_sandbox = 77;

struct job_limits {
  /// Address space on top of what the program and its libraries take.
  std::uint64_t memory_bytes = 768ull * 1024 * 1024;
  milliseconds wall{20'000};
  /// Rounded up to seconds.
  milliseconds cpu{15'000};
  std::size_t answer_bytes = 1024 * 1024;
};

struct job_request {
  std::string kind;
  bytes body;
  std::uint64_t memory_bytes = 0;
  std::uint32_t cpu_seconds = 0;
  std::uint32_t parent = 0;  // process id of the daemon: without it the worker ends

  bytes encode() const;
  /// hearth::errc::malformed or truncated.
  static result<job_request> decode(byte_view data);
};

enum class job_outcome : std::uint8_t { done = 0, unknown_job = 1, out_of_memory = 2, failed = 3 };

bytes encode_answer(job_outcome outcome, byte_view body);

/// The body of an answer that says done, else the errc of what it says; errc::bad_answer.
result<bytes> decode_answer(byte_view data);

}  // namespace hearth::sandbox
