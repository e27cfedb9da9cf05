#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <map>
#include <string>
#include <thread>

#include "media/sandbox/serve_job.hpp"

extern char** environ;

namespace hearth::sandbox {
namespace {

bytes said(std::string_view text) {
  const auto view = as_bytes(text);
  return {view.begin(), view.end()};
}

/// Only reached when the kernel let something pass.
bytes outcome_of(long value) {
  return said(value >= 0 ? "allowed" : "refused: " + std::to_string(errno));
}

bytes try_open() {
  return outcome_of(::open("/etc/passwd", O_RDONLY | O_CLOEXEC));
}
bytes try_socket() {
  return outcome_of(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
}
bytes try_kill() {
  return outcome_of(::kill(::getppid(), 0));
}
bytes try_trace() {
  return outcome_of(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr));
}
bytes try_write_input() {
  return outcome_of(::write(input_descriptor, "x", 1));
}

bytes try_fork() {
  const auto child = ::fork();
  if (child == 0) ::_exit(0);
  return outcome_of(child);
}

bytes try_exec() {
  char name[] = "/bin/true";
  char* arguments[] = {name, nullptr};
  return outcome_of(::execv(name, arguments));
}

bytes try_executable_memory() {
  void* memory =
      ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return outcome_of(memory == MAP_FAILED ? -1 : 0);
}

bytes try_raise_limit() {
  const ::rlimit more{RLIM_INFINITY, RLIM_INFINITY};
  return outcome_of(::setrlimit(RLIMIT_CPU, &more));
}

bytes spin() {
  for (std::atomic<unsigned> turns = 0;;)
    ++turns;
}

bytes take_memory() {
  std::size_t total = 0;
  for (std::map<std::size_t, bytes> kept;; ++total)
    kept[total].assign(1024 * 1024, 1);
}

bytes crash() {
  ::abort();
}

bytes flood() {
  return bytes(64 * 1024 * 1024, 'x');
}

bytes read_input() {
  bytes out(4096);
  const auto count = ::pread(input_descriptor, out.data(), out.size(), 0);
  out.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return out;
}

bytes use_threads() {
  std::atomic<int> sum = 0;
  std::thread other([&sum] { sum += 40; });
  other.join();
  return said(std::to_string(sum + 2));
}

/// How many descriptors and environment variables the worker was given.
bytes look_around() {
  std::string text;
  for (int file = 0; file < 1024; ++file) {
    if (::lseek(file, 0, SEEK_CUR) >= 0 || errno != EBADF) text += std::to_string(file) + " ";
  }
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    text += std::string(*entry) + " ";
  }
  return said(text);
}

const std::map<std::string_view, bytes (*)()>& attempts() {
  static const std::map<std::string_view, bytes (*)()> all{{"open", try_open},
                                                           {"socket", try_socket},
                                                           {"kill", try_kill},
                                                           {"trace", try_trace},
                                                           {"fork", try_fork},
                                                           {"exec", try_exec},
                                                           {"spin", spin},
                                                           {"memory", take_memory},
                                                           {"crash", crash},
                                                           {"flood", flood},
                                                           {"read", read_input},
                                                           {"threads", use_threads},
                                                           {"look", look_around},
                                                           {"write-input", try_write_input},
                                                           {"limit", try_raise_limit},
                                                           {"executable", try_executable_memory}};
  return all;
}

void prepare() {
  attempts();
}

bytes run(byte_view request, int) {
  const auto found = attempts().find(as_text(request));
  return found == attempts().end() ? said("unknown word") : found->second();
}

}  // namespace

job_handler self_test() {
  return {"selftest", prepare, run};
}

}  // namespace hearth::sandbox
