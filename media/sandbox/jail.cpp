#include "media/sandbox/jail.hpp"

#include <grp.h>
#include <linux/capability.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace hearth::sandbox {
namespace {

constexpr unsigned nobody = 65534;
constexpr std::size_t thread_stack_bytes = 2 * 1024 * 1024;

// AddressSanitizer and ThreadSanitizer reserve terabytes of address space.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool limits_memory = false;
#else
constexpr bool limits_memory = true;
#endif

std::uint64_t address_space_now() {
  std::FILE* file = std::fopen("/proc/self/statm", "re");
  if (file == nullptr) return 0;
  unsigned long long pages = 0;
  if (std::fscanf(file, "%llu", &pages) != 1) pages = 0;
  std::fclose(file);
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

bool limit(__rlimit_resource_t resource, std::uint64_t most) {
  const ::rlimit both{most, most};
  return ::setrlimit(resource, &both) == 0;
}

bool limit_resources(const job_request& request) {
  // One arena and small stacks, so that address space is close to memory in use.
  ::mallopt(M_ARENA_MAX, 1);
  ::pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setstacksize(&attributes, thread_stack_bytes);
  ::pthread_setattr_default_np(&attributes);
  ::pthread_attr_destroy(&attributes);

  const auto base = address_space_now();
  const bool memory = !limits_memory || (base > 0 && limit(RLIMIT_AS, base + request.memory_bytes));
  const ::rlimit cpu{request.cpu_seconds, request.cpu_seconds + 1};
  return memory && ::setrlimit(RLIMIT_CPU, &cpu) == 0 && limit(RLIMIT_FSIZE, 0) &&
         limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, answer_descriptor + 1);
}

/// Best effort: the filter is what must hold, and it allows neither paths nor privileges.
void drop_privileges() {
  // A folder of the kernel's that holds nothing but numbers about this process.
  if (::chroot("/proc/self/fdinfo") == 0 && ::chdir("/") != 0) std::perror("chdir");
  if (::setgroups(0, nullptr) != 0 || ::setresgid(nobody, nobody, nobody) != 0 ||
      ::setresuid(nobody, nobody, nobody) != 0) {
    // Not root, or in a user namespace that knows no other users.
  }
  ::__user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<::__user_cap_data_struct, 2> none{};
  ::syscall(SYS_capset, &header, none.data());
}

bool say(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  return false;
}

}  // namespace

void leave_namespaces() {
  constexpr int apart = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
  if (::unshare(CLONE_NEWUSER | apart) == 0) return;
  if (::unshare(apart) != 0) {
    // Not allowed here, as in most containers: the filter allows no socket anyway.
  }
}

bool lock_in(const job_request& request) {
  if (!limit_resources(request)) return say("resource limits can't be set");
  drop_privileges();
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return say("no_new_privs can't be set");
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  // After the change of user, which would take it back.
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return say("pdeathsig can't be set");
  if (static_cast<std::uint32_t>(::getppid()) != request.parent) return say("the daemon is gone");
  if (!filter_system_calls()) return say("system calls can't be filtered");
  return true;
}

}  // namespace hearth::sandbox
