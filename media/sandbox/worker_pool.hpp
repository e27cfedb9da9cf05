// Runs jobs on untrusted input, each in a worker process of its own that has no network, no files,
// and limits on memory and time. A crash, a bomb or a loop costs that one job and gives an errc
// that says so. Thread-safe. A job is cancelled by cancelling the coroutine that awaits it: its
// worker is killed.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "media/sandbox/job.hpp"

namespace hearth::sandbox {

struct pool_options {
  /// Empty: the program beside this one (worker_path.hpp).
  std::filesystem::path worker;
  std::size_t most_workers = std::max(1u, std::thread::hardware_concurrency());
  std::size_t most_waiting = 256;
  milliseconds longest_wait{120'000};
};

struct pool_counts {
  std::uint64_t started = 0;
  std::uint64_t failed = 0;  // ended without an answer
};

class worker_pool {
 public:
  /// The executor's threads must live as long as the jobs.
  worker_pool(boost::asio::any_io_executor executor, pool_options options = {});
  /// Like close().
  ~worker_pool();
  worker_pool(const worker_pool&) = delete;
  worker_pool& operator=(const worker_pool&) = delete;

  /// Waits for a free place, starts a worker, and gives its answer. The input is opened anew for
  /// reading: the caller's offset is not touched. Errors: every errc of errc.hpp.
  awaitable<result<bytes>> run(std::string kind, bytes request, int input, job_limits limits = {});

  /// Kills what runs; from now on every job gives errc::pool_closed.
  void close();

  pool_counts counts() const;

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace hearth::sandbox
