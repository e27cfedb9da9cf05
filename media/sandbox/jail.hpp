// How a worker locks itself in (docs/decisions/sandbox.md). Only for hearth-worker; each call is
// made once, and there is no way back.
#pragma once
#include "media/sandbox/job.hpp"

namespace hearth::sandbox {

/// Leaves the daemon's network and other namespaces where the system allows it. Call while the
/// process has one thread.
void leave_namespaces();

/// Gives up the file system (where allowed), all privileges, and every resource above the limits;
/// then lets the kernel kill this process for any system call that computing does not need. Call
/// when all libraries are loaded. False, with words on standard error, when the system calls can't
/// be filtered or the daemon is gone: then no job may run.
bool lock_in(const job_request& request);

/// The last step of lock_in. Applies to all threads.
bool filter_system_calls();

}  // namespace hearth::sandbox
