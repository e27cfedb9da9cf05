// A deadline for an awaited operation, on awaitable_operators (Boost 1.81 has no cancel_after). For
// hot paths keep one timer for many operations instead.
#pragma once
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <chrono>

#include "store/base/errc.hpp"

namespace hearth {

/// Waits; returns early without an error when cancelled.
inline awaitable<void> sleep_for(std::chrono::milliseconds duration) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, duration);
  error_code ignored;
  co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
}

/// errc::timed_out when the operation is not done by then; it is cancelled and awaited.
template <class T>
awaitable<result<T>> with_timeout(awaitable<result<T>> operation, std::chrono::milliseconds limit) {
  using namespace boost::asio::experimental::awaitable_operators;
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, limit);
  auto wait = timer.async_wait(boost::asio::use_awaitable);
  auto either = co_await (std::move(operation) || std::move(wait));
  if (either.index() == 0) co_return std::get<0>(std::move(either));
  co_return errc::timed_out;
}

}  // namespace hearth
