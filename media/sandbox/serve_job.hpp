// The worker's side: reads one request, locks itself in, does the job, answers, and ends.
#pragma once
#include <span>
#include <string_view>

#include "media/sandbox/job.hpp"

namespace hearth::sandbox {

struct job_handler {
  std::string_view kind;
  /// Loads what the libraries will need; runs before the worker is locked in and sees no input.
  void (*prepare)();
  /// Does the job on untrusted input, locked in. What it refuses is part of its answer.
  bytes (*run)(byte_view request, int input);
};

/// The whole of main(): returns the exit code.
int serve_one_job(std::span<const job_handler> handlers);

/// A job named "selftest" that tries what a worker may not do: the request is one word of
/// self_test.cpp. It proves the walls in tests, and can do no more than any code in a worker could.
job_handler self_test();

}  // namespace hearth::sandbox
