#include "media/sandbox/worker_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>

namespace hearth::sandbox {
namespace {

namespace asio = boost::asio;

constexpr int first_free_descriptor = 16;  // above all that the worker gets: dup2 never collides
constexpr std::size_t most_words = 2000;

struct pipe_ends {
  descriptor read;
  descriptor write;
};

result<pipe_ends> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return errc::worker_not_started;
  return pipe_ends{descriptor(ends[0]), descriptor(ends[1])};
}

/// A sealed memory file with its offset at the start.
result<descriptor> request_file(byte_view content) {
  descriptor file(::memfd_create("request", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!file) return errc::worker_not_started;
  const auto written = ::write(file.get(), content.data(), content.size());
  if (written != static_cast<::ssize_t>(content.size())) return errc::worker_not_started;
  ::lseek(file.get(), 0, SEEK_SET);
  ::fcntl(file.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL);
  return file;
}

class spawn_settings {
 public:
  spawn_settings() {
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    ::sigset_t none;
    ::sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    // A group of its own: Ctrl-C in a terminal is for the daemon, which then ends its workers.
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~spawn_settings() {
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
  }
  spawn_settings(const spawn_settings&) = delete;
  spawn_settings& operator=(const spawn_settings&) = delete;

  /// False when there are no descriptors left.
  bool pass(const descriptor& file, int as) {
    descriptor high(::fcntl(file.get(), F_DUPFD_CLOEXEC, first_free_descriptor));
    if (!high) return false;
    ::posix_spawn_file_actions_adddup2(&actions, high.get(), as);
    passed_.push_back(std::move(high));
    return true;
  }

  ::posix_spawn_file_actions_t actions;
  ::posix_spawnattr_t attributes;

 private:
  std::vector<descriptor> passed_;
};

// glibc 2.36 declares the functions of sys/pidfd.h without extern "C".
int open_process(::pid_t process) {
  return static_cast<int>(::syscall(SYS_pidfd_open, process, 0));
}

void send_kill(int process) {
  ::syscall(SYS_pidfd_send_signal, process, SIGKILL, nullptr, 0);
}

/// The process id, or the errc of why not.
result<::pid_t> spawn(const std::filesystem::path& program, spawn_settings& settings) {
  std::string name = "hearth-worker";
  std::string locale = "LC_ALL=C";
  std::array<char*, 2> arguments{name.data(), nullptr};
  std::array<char*, 2> environment{locale.data(), nullptr};
  ::pid_t process = -1;
  const int failed = ::posix_spawn(&process, program.c_str(), &settings.actions,
                                   &settings.attributes, arguments.data(), environment.data());
  if (failed == ENOENT) return errc::worker_not_found;
  if (failed != 0) return errc::worker_not_started;
  return process;
}

}  // namespace

result<descriptor> open_for_reading(int file) {
  const auto name = "/proc/self/fd/" + std::to_string(file);
  descriptor again(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (again) return again;
  const int flags = ::fcntl(file, F_GETFL);
  if (flags < 0 || (flags & O_ACCMODE) != O_RDONLY) return errc::bad_input_file;
  descriptor copy(::fcntl(file, F_DUPFD_CLOEXEC, first_free_descriptor));
  if (!copy) return errc::bad_input_file;
  return copy;
}

result<std::shared_ptr<worker_process>> worker_process::start(asio::any_io_executor executor,
                                                              const std::filesystem::path& program,
                                                              const job_request& request,
                                                              const descriptor& input) {
  auto content = request_file(request.encode());
  auto answer = make_pipe();
  auto words = make_pipe();
  descriptor nothing(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  if (!content || !answer || !words || !nothing) return errc::worker_not_started;
  // Nobody empties this pipe while the worker runs: what does not fit is lost, and nothing blocks.
  ::fcntl(words->write.get(), F_SETFL, O_NONBLOCK);
  ::fcntl(words->read.get(), F_SETFL, O_NONBLOCK);

  spawn_settings settings;
  const bool passed = settings.pass(*content, 0) && settings.pass(nothing, 1) &&
                      settings.pass(words->write, 2) && settings.pass(input, input_descriptor) &&
                      settings.pass(answer->write, answer_descriptor);
  if (!passed) return errc::worker_not_started;
  ::posix_spawn_file_actions_addclosefrom_np(&settings.actions, answer_descriptor + 1);

  auto process = spawn(program, settings);
  if (!process) return process.error();
  descriptor handle(open_process(*process));
  if (!handle) {
    ::kill(*process, SIGKILL);
    ::waitpid(*process, nullptr, 0);
    return errc::worker_not_started;
  }
  std::shared_ptr<worker_process> out(new worker_process(executor));
  out->process_.assign(handle.release());
  out->answer_.assign(answer->read.release());
  out->words_ = std::move(words->read);
  return out;
}

worker_process::~worker_process() {
  if (reaped_ || !process_.is_open()) return;
  kill();
  reap(0);
}

void worker_process::kill() {
  if (!reaped_) send_kill(process_.native_handle());
}

bool worker_process::reap(int flags) {
  ::siginfo_t about{};
  int done = -1;
  do {
    done =
        ::waitid(P_PIDFD, static_cast<::id_t>(process_.native_handle()), &about, WEXITED | flags);
  } while (done != 0 && (errno == EINTR || (errno == EAGAIN && flags == 0)));
  if (done == 0 && about.si_pid == 0) return false;
  status_ = {done == 0 && about.si_code != CLD_EXITED, about.si_status};
  reaped_ = true;
  return true;
}

awaitable<exit_status> worker_process::wait() {
  while (!reap(WNOHANG)) {
    error_code ignored;
    co_await process_.async_wait(asio::posix::stream_descriptor::wait_read,
                                 asio::redirect_error(asio::use_awaitable, ignored));
  }
  co_return status_;
}

std::string worker_process::words() const {
  std::string text(most_words, '\0');
  const auto count = ::read(words_.get(), text.data(), text.size());
  text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return text;
}

}  // namespace hearth::sandbox
