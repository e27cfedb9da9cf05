#include "media/sandbox/worker_pool.hpp"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstring>
#include <list>

#include "media/sandbox/worker_path.hpp"
#include "media/sandbox/worker_process.hpp"
#include "store/base/log.hpp"
#include "store/base/run_on.hpp"

namespace hearth::sandbox {
namespace {

namespace asio = boost::asio;

struct job {
  std::string kind;
  bytes request;
  descriptor input;
  job_limits limits;
};

struct waiter {
  explicit waiter(asio::any_io_executor executor) : timer(executor) {}
  asio::steady_timer timer;
  bool granted = false;
};

/// Why the daemon ended a worker before its time.
struct verdict {
  bool deadline = false;
  bool too_large = false;
  bool cancelled = false;
};

std::string describe(const exit_status& status) {
  if (!status.by_signal) return "exit code " + std::to_string(status.value);
  const char* name = ::sigabbrev_np(status.value);
  return std::string("SIG") + (name == nullptr ? "?" : name);
}

bool speaks_of_memory(std::string_view words) {
  return words.find("failed to allocate") != std::string_view::npos ||
         words.find("bad_alloc") != std::string_view::npos;
}

errc why_ended(const exit_status& status, std::string_view words) {
  if (!status.by_signal) {
    return status.value == exit_no_sandbox ? errc::no_sandbox : errc::worker_crashed;
  }
  switch (status.value) {
    case SIGXCPU:
      return errc::worker_timed_out;
    case SIGSYS:
      return errc::worker_broke_rules;
    case SIGKILL:
      return errc::worker_out_of_memory;  // not by us: the kernel was out of memory
    default:
      break;
  }
  return speaks_of_memory(words) ? errc::worker_out_of_memory : errc::worker_crashed;
}

result<bytes> conclude(const exit_status& status, const verdict& verdict, byte_view answer,
                       std::string_view words) {
  if (verdict.cancelled) return errc::cancelled;
  if (verdict.too_large) return errc::answer_too_large;
  if (verdict.deadline) return errc::worker_timed_out;
  if (status.by_signal || status.value != 0) return why_ended(status, words);
  return decode_answer(answer);
}

/// Reads until the worker closes its end; kills it when it says too much or nobody listens any
/// more.
awaitable<bytes> read_answer(std::shared_ptr<worker_process> process, std::size_t limit,
                             std::shared_ptr<verdict> verdict) {
  bytes answer;
  bytes buffer(64 * 1024);
  for (;;) {
    const auto [failed, count] = co_await process->answer().async_read_some(
        asio::buffer(buffer), asio::as_tuple(asio::use_awaitable));
    answer.insert(answer.end(), buffer.begin(),
                  buffer.begin() + static_cast<std::ptrdiff_t>(count));
    verdict->too_large = answer.size() > limit + 16;  // outcome and length come on top
    verdict->cancelled = failed == asio::error::operation_aborted;
    if (verdict->too_large || verdict->cancelled) process->kill();
    if (verdict->too_large || failed) co_return answer;
  }
}

}  // namespace

struct worker_pool::state : std::enable_shared_from_this<state> {
  state(asio::any_io_executor executor, pool_options wanted)
      : strand(asio::make_strand(executor)), options(std::move(wanted)) {}

  awaitable<result<void>> take_place();
  void give_place();
  awaitable<result<bytes>> run_job(std::shared_ptr<job> job);
  awaitable<result<bytes>> work(std::shared_ptr<job> job);
  void shut();

  asio::strand<asio::any_io_executor> strand;
  const pool_options options;
  std::size_t running = 0;
  std::list<std::shared_ptr<waiter>> waiting;
  std::list<std::shared_ptr<worker_process>> processes;
  bool closed = false;
  std::atomic<std::uint64_t> started = 0;
  std::atomic<std::uint64_t> failed = 0;
};

awaitable<result<void>> worker_pool::state::take_place() {
  if (closed) co_return errc::pool_closed;
  if (running < options.most_workers) {
    ++running;
    co_return result<void>{};
  }
  if (waiting.size() >= options.most_waiting) co_return errc::queue_full;
  auto self = std::make_shared<waiter>(strand);
  waiting.push_back(self);
  self->timer.expires_after(options.longest_wait);
  error_code ended;
  co_await self->timer.async_wait(asio::redirect_error(asio::use_awaitable, ended));
  if (self->granted) co_return result<void>{};
  waiting.remove(self);
  if (closed) co_return errc::pool_closed;
  co_return ended ? errc::cancelled : errc::queue_full;
}

void worker_pool::state::give_place() {
  if (waiting.empty()) {
    --running;
    return;
  }
  waiting.front()->granted = true;
  waiting.front()->timer.cancel();
  waiting.pop_front();
}

awaitable<result<bytes>> worker_pool::state::run_job(std::shared_ptr<job> job) {
  // A cancelled job must still end its worker and give its place back.
  co_await asio::this_coro::throw_if_cancelled(false);
  const auto self = shared_from_this();
  if (auto place = co_await take_place(); !place) co_return place.error();
  struct place_guard {
    std::shared_ptr<state> pool;
    ~place_guard() { pool->give_place(); }
  } const guard{self};
  const auto cancellation = co_await asio::this_coro::cancellation_state;
  if (cancellation.cancelled() != asio::cancellation_type::none) co_return errc::cancelled;
  if (closed) co_return errc::pool_closed;
  auto answer = co_await work(job);
  if (!answer) ++failed;
  if (!answer && closed) co_return errc::pool_closed;
  co_return answer;
}

awaitable<result<bytes>> worker_pool::state::work(std::shared_ptr<job> job) {
  auto program = find_worker(options.worker);
  if (!program) co_return program.error();
  job_request request{job->kind, std::move(job->request), job->limits.memory_bytes};
  request.cpu_seconds = static_cast<std::uint32_t>((job->limits.cpu.count() + 999) / 1000);
  request.parent = static_cast<std::uint32_t>(::getpid());
  auto made = worker_process::start(strand, *program, request, job->input);
  if (!made) co_return made.error();
  const auto process = *made;
  processes.push_back(process);
  ++started;

  auto verdict = std::make_shared<sandbox::verdict>();
  asio::steady_timer deadline(strand, job->limits.wall);
  deadline.async_wait([process, verdict](error_code aborted) {
    if (aborted) return;
    verdict->deadline = true;
    process->kill();
  });
  const auto answer = co_await read_answer(process, job->limits.answer_bytes, verdict);
  const auto status = co_await process->wait();
  deadline.cancel();
  processes.remove(process);

  const auto words = process->words();
  auto outcome = conclude(status, *verdict, answer, words);
  if (!outcome && !verdict->cancelled && !closed) {
    log::warn("sandbox", job->kind + ": " + outcome.error().message() + " (" + describe(status) +
                             ") " + log::printable(words));
  }
  co_return outcome;
}

void worker_pool::state::shut() {
  closed = true;
  for (const auto& process : processes)
    process->kill();
  for (const auto& waiter : waiting)
    waiter->timer.cancel();
}

worker_pool::worker_pool(asio::any_io_executor executor, pool_options options)
    : state_(std::make_shared<state>(executor, std::move(options))) {}

worker_pool::~worker_pool() {
  close();
}

void worker_pool::close() {
  asio::dispatch(state_->strand, [pool = state_] { pool->shut(); });
}

awaitable<result<bytes>> worker_pool::run(std::string kind, bytes request, int input,
                                          job_limits limits) {
  const auto pool = state_;
  if (kind.size() + request.size() + 64 > max_request_bytes) co_return hearth::errc::too_large;
  auto file = open_for_reading(input);
  if (!file) co_return file.error();
  auto work = std::make_shared<job>();
  work->kind = std::move(kind);
  work->request = std::move(request);
  work->input = std::move(*file);
  work->limits = limits;
  auto task = pool->run_job(std::move(work));
  co_return co_await await_on(pool->strand, std::move(task));
}

pool_counts worker_pool::counts() const {
  return {state_->started, state_->failed};
}

}  // namespace hearth::sandbox
