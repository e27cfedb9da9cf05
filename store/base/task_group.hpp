// The only way to spawn a coroutine: named, counted, with its exceptions logged, cancelled and
// joined at shutdown. Thread-safe. Each task runs on the executor that it is given (a strand of its
// own for a connection), and is cancelled there.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "store/base/errc.hpp"

namespace hearth {

class task_group {
 public:
  /// name stands in log lines; at most most_tasks run at once.
  task_group(std::string name, std::size_t most_tasks);
  ~task_group();
  task_group(const task_group&) = delete;
  task_group& operator=(const task_group&) = delete;

  /// errc::group_full or group_closed: then the task was not started.
  result<void> spawn(boost::asio::any_io_executor executor, std::string task_name,
                     awaitable<void> task);

  /// Asks every task to end; no new one is taken.
  void cancel();

  /// Waits until every task has ended: errc::timed_out when some have not by then (they are named
  /// in the log). Call after cancel().
  awaitable<result<void>> join(std::chrono::milliseconds limit);

  std::size_t size() const;

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace hearth
