#include "store/base/task_group.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <map>
#include <mutex>

#include "store/base/log.hpp"
#include "store/base/with_timeout.hpp"

namespace hearth {
namespace {

namespace asio = boost::asio;

struct running_task {
  std::string name;
  asio::any_io_executor executor;
  std::shared_ptr<asio::cancellation_signal> signal;
};

void log_exception(const std::string& group, const std::string& task, std::exception_ptr thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const boost::system::system_error& e) {
    if (e.code() == asio::error::operation_aborted) return;
    log::error(group, task + " ended by an exception: " + e.what());
  } catch (const std::exception& e) {
    log::error(group, task + " ended by an exception: " + e.what());
  }
}

}  // namespace

struct task_group::state {
  std::string name;
  std::size_t most_tasks;
  mutable std::mutex mutex;
  std::map<std::uint64_t, running_task> tasks;
  std::uint64_t next = 0;
  bool closed = false;

  void ended(std::uint64_t id, std::exception_ptr thrown) {
    std::string task;
    {
      std::lock_guard lock(mutex);
      auto node = tasks.extract(id);
      task = std::move(node.mapped().name);
    }
    if (thrown) log_exception(name, task, thrown);
  }
};

task_group::task_group(std::string name, std::size_t most_tasks)
    : state_(std::make_shared<state>()) {
  state_->name = std::move(name);
  state_->most_tasks = most_tasks;
}

task_group::~task_group() {
  cancel();
}

result<void> task_group::spawn(asio::any_io_executor executor, std::string task_name,
                               awaitable<void> task) {
  auto signal = std::make_shared<asio::cancellation_signal>();
  std::uint64_t id = 0;
  {
    std::lock_guard lock(state_->mutex);
    if (state_->closed) return errc::group_closed;
    if (state_->tasks.size() >= state_->most_tasks) return errc::group_full;
    id = state_->next++;
    state_->tasks.emplace(id, running_task{std::move(task_name), executor, signal});
  }
  auto on_end = [shared = state_, id, signal](std::exception_ptr thrown) {
    shared->ended(id, thrown);
  };
  asio::co_spawn(executor, std::move(task),
                 asio::bind_cancellation_slot(signal->slot(), std::move(on_end)));
  return {};
}

void task_group::cancel() {
  std::lock_guard lock(state_->mutex);
  state_->closed = true;
  for (auto& [id, task] : state_->tasks) {
    asio::post(task.executor,
               [signal = task.signal] { signal->emit(asio::cancellation_type::terminal); });
  }
}

awaitable<result<void>> task_group::join(std::chrono::milliseconds limit) {
  const auto shared = state_;
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (size() > 0) {
    if (std::chrono::steady_clock::now() >= deadline) {
      std::lock_guard lock(shared->mutex);
      for (const auto& [id, task] : shared->tasks) {
        log::error(shared->name, task.name + " did not end in time");
      }
      co_return errc::timed_out;
    }
    co_await sleep_for(std::chrono::milliseconds(5));
  }
  co_return result<void>{};
}

std::size_t task_group::size() const {
  std::lock_guard lock(state_->mutex);
  return state_->tasks.size();
}

}  // namespace hearth
