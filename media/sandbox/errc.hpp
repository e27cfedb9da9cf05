// Errors of media/sandbox: what became of a job in a worker process.
#pragma once
#include "store/base/errc.hpp"

namespace hearth::sandbox {

enum class errc {
  worker_not_found = 1,  // the program hearth-worker is not where it should be
  worker_not_started,    // it is there, but can't be run
  no_sandbox,            // the worker could not lock itself in, and so refused to work
  bad_input_file,        // the input can't be opened for reading
  unknown_job,           // the worker knows no such kind of job
  queue_full,            // too many jobs are waiting, or this one waited too long
  pool_closed,           // the pool is shutting down
  cancelled,             // the caller no longer wants it
  worker_crashed,        // ended by a signal or with an exit code of its own
  worker_broke_rules,    // killed by the kernel for a system call that it may not make
  worker_timed_out,      // wall or processor time used up
  worker_out_of_memory,  // memory limit reached
  answer_too_large,      // more output than allowed
  bad_answer,            // output that is not an answer
};

const boost::system::error_category& category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::sandbox

template <>
struct boost::system::is_error_code_enum<hearth::sandbox::errc> : std::true_type {};
