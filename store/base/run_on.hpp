// Runs a plain function on another executor and awaits its result: how a coroutine calls what
// blocks (RocksDB, FFmpeg, files) or what a strand owns. Name the function object first: no
// capturing lambda temporary inside a co_await expression (g++ 12.2 destroys it twice).
//   auto work = [path] { return read_file(path, limit); };
//   auto content = co_await run_on(worker, std::move(work));
#pragma once
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
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

/// The caller goes on where it was. Not cancelled midway: the function always runs to its end.
template <class Executor, class Function>
awaitable<std::invoke_result_t<Function>> run_on(Executor executor, Function function) {
  auto call = detail::invoke_there(std::move(function));
  co_return co_await boost::asio::co_spawn(executor, std::move(call), boost::asio::use_awaitable);
}

}  // namespace hearth
