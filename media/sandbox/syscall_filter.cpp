// The system calls that a locked-in worker may make: memory, threads of its own, time, and reading
// and writing what it was given. Everything else ends the process (SIGSYS), but for a few calls
// that libraries make in passing and whose refusal they can live with.
#include <errno.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <memory>

#include "media/sandbox/jail.hpp"

namespace hearth::sandbox {
namespace {

struct release_filter {
  void operator()(void* filter) const { ::seccomp_release(filter); }
};

class filter {
 public:
  filter() : context_(::seccomp_init(SCMP_ACT_KILL_PROCESS)) {}

  bool good() const { return context_ != nullptr && good_; }

  void allow(std::initializer_list<int> calls) {
    for (int call : calls)
      check(::seccomp_rule_add(context_.get(), SCMP_ACT_ALLOW, call, 0));
  }
  void allow_if(int call, ::scmp_arg_cmp condition) {
    check(::seccomp_rule_add_array(context_.get(), SCMP_ACT_ALLOW, call, 1, &condition));
  }
  void refuse(int error, std::initializer_list<int> calls) {
    const auto action = SCMP_ACT_ERRNO(static_cast<unsigned>(error));
    for (int call : calls)
      check(::seccomp_rule_add(context_.get(), action, call, 0));
  }
  bool load() {
    check(::seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_TSYNC, 1));
    return good() && ::seccomp_load(context_.get()) == 0;
  }

 private:
  /// A call that this architecture does not have is no failure.
  void check(int outcome) { good_ = good_ && (outcome == 0 || outcome == -EDOM); }

  std::unique_ptr<void, release_filter> context_;
  bool good_ = true;
};

using number = ::scmp_datum_t;

::scmp_arg_cmp equal(unsigned argument, number value) {
  return {argument, SCMP_CMP_EQ, value, 0};
}

/// All bits of mask have the values that they have in value.
::scmp_arg_cmp masked(unsigned argument, number mask, number value) {
  return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

void allow_computing(filter& rules) {
  rules.allow({SCMP_SYS(brk),           SCMP_SYS(munmap),       SCMP_SYS(mremap),
               SCMP_SYS(madvise),       SCMP_SYS(futex),        SCMP_SYS(set_robust_list),
               SCMP_SYS(rseq),          SCMP_SYS(sched_yield),  SCMP_SYS(sched_getaffinity),
               SCMP_SYS(getrandom),     SCMP_SYS(sysinfo),      SCMP_SYS(getpid),
               SCMP_SYS(gettid),        SCMP_SYS(getcpu),       SCMP_SYS(getrusage),
               SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(clock_nanosleep),
               SCMP_SYS(nanosleep),     SCMP_SYS(gettimeofday), SCMP_SYS(time),
               SCMP_SYS(times),         SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
               SCMP_SYS(rt_sigreturn),  SCMP_SYS(sigaltstack),  SCMP_SYS(restart_syscall),
               SCMP_SYS(exit),          SCMP_SYS(exit_group)});
  rules.allow_if(SCMP_SYS(mmap), masked(2, PROT_EXEC, 0));
  rules.allow_if(SCMP_SYS(mprotect), masked(2, PROT_EXEC, 0));
  rules.allow_if(SCMP_SYS(clone), masked(0, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM));
  rules.allow_if(SCMP_SYS(prctl), equal(0, PR_SET_NAME));
  // abort() signals its own thread.
  rules.allow_if(SCMP_SYS(tgkill), equal(0, static_cast<number>(::getpid())));
  // Reading a limit; setting one is refused by the pointer to the new values.
  rules.allow_if(SCMP_SYS(prlimit64), equal(2, 0));
}

void allow_given_files(filter& rules) {
  rules.allow({SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(readv), SCMP_SYS(lseek), SCMP_SYS(fstat),
               SCMP_SYS(close)});
  for (int file : {STDERR_FILENO, answer_descriptor}) {
    rules.allow_if(SCMP_SYS(write), equal(0, static_cast<number>(file)));
    rules.allow_if(SCMP_SYS(writev), equal(0, static_cast<number>(file)));
  }
}

void refuse_kindly(filter& rules) {
  rules.refuse(EACCES,
               {SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(stat), SCMP_SYS(lstat),
                SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(access), SCMP_SYS(faccessat),
                SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd)});
  rules.refuse(ENOTTY, {SCMP_SYS(ioctl)});
  // Its flags lie in memory, where a filter can't look; without it the C library uses clone.
  rules.refuse(ENOSYS, {SCMP_SYS(clone3)});
  rules.refuse(EPERM, {SCMP_SYS(sched_getattr), SCMP_SYS(sched_setattr),
                       SCMP_SYS(sched_setaffinity), SCMP_SYS(setpriority), SCMP_SYS(mbind),
                       SCMP_SYS(get_mempolicy), SCMP_SYS(set_mempolicy)});
}

}  // namespace

bool filter_system_calls() {
  filter rules;
  if (!rules.good()) return false;
  allow_computing(rules);
  allow_given_files(rules);
  refuse_kindly(rules);
  return rules.load();
}

}  // namespace hearth::sandbox
