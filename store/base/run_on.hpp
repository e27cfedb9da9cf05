// Runs a plain function on another executor and awaits its result: how a coroutine calls what
// blocks (RocksDB, FFmpeg, files) or what a strand owns. Name the function object first: no
// capturing lambda temporary inside a co_await expression (g++ 12.2 destroys it twice).
//   auto work = [path] { return read_file(path, limit); };
//   auto content = co_await run_on(worker, std::move(work));
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <type_traits>
#include <utility>

#include "store/base/result.hpp"

namespace hearth {

namespace detail {
template <class Function>
awaitable<std::invoke_result_t<Function>> invoke_there(Function function) {
  co_return function();
}
}  // namespace detail

/// Runs a coroutine on another executor (a strand, or one thread) and awaits its result. When the
/// caller is cancelled, it is too. An awaited co_spawn of Boost 1.81 must not be used for this: a
/// cancellation on its way to the other executor may find the signal gone.
template <class T>
awaitable<T> await_on(boost::asio::any_io_executor executor, awaitable<T> work) {
  using boost::asio::cancellation_type;
  const auto signal = std::make_shared<boost::asio::cancellation_signal>();
  const auto state = co_await boost::asio::this_coro::cancellation_state;
  if (auto here = state.slot(); here.is_connected()) {
    here.assign([signal, executor](cancellation_type type) {
      boost::asio::dispatch(executor, [signal, type] { signal->emit(type); });
    });
  }
  co_return co_await boost::asio::co_spawn(
      executor, std::move(work),
      boost::asio::bind_cancellation_slot(signal->slot(), boost::asio::use_awaitable));
}

/// The caller goes on where it was. Not cancelled midway: the function always runs to its end.
template <class Executor, class Function>
awaitable<std::invoke_result_t<Function>> run_on(Executor executor, Function function) {
  auto call = detail::invoke_there(std::move(function));
  // No slot: a cancellation has nothing to interrupt, and the executor may have several threads.
  co_return co_await boost::asio::co_spawn(
      executor, std::move(call),
      boost::asio::bind_cancellation_slot(boost::asio::cancellation_slot(),
                                          boost::asio::use_awaitable));
}

}  // namespace hearth
