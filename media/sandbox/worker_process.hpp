// One worker process, seen from the daemon: started, read from, killed and reaped through its
// pidfd, so that a process id that is used again can never be hit. Not thread-safe. On destruction
// a process that still runs is killed and reaped.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "media/sandbox/descriptor.hpp"
#include "media/sandbox/job.hpp"

namespace hearth::sandbox {

struct exit_status {
  bool by_signal = false;
  int value = 0;  // signal or exit code
};

class worker_process {
 public:
  /// Safe in a process with many threads (posix_spawn; no descriptor but the five is passed on).
  /// The calling thread must outlive the job: the kernel ends the worker when it ends.
  static result<std::shared_ptr<worker_process>> start(boost::asio::any_io_executor executor,
                                                       const std::filesystem::path& program,
                                                       const job_request& request,
                                                       const descriptor& input);
  ~worker_process();
  worker_process(const worker_process&) = delete;
  worker_process& operator=(const worker_process&) = delete;

  boost::asio::posix::stream_descriptor& answer() { return answer_; }
  void kill();
  /// Waits for the end, also when cancelled: kill() first.
  awaitable<exit_status> wait();
  /// The first bytes that the worker wrote to its standard error.
  std::string words() const;

 private:
  explicit worker_process(boost::asio::any_io_executor executor)
      : answer_(executor), process_(executor) {}
  bool reap(int flags);

  boost::asio::posix::stream_descriptor answer_;
  boost::asio::posix::stream_descriptor process_;
  descriptor words_;
  exit_status status_;
  bool reaped_ = false;
};

/// The same file opened anew for reading, with an offset of its own. errc::bad_input_file.
result<descriptor> open_for_reading(int file);

}  // namespace hearth::sandbox
