// Runs one coroutine to its end on a thread-less io_context.
#pragma once
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>
#include <optional>

#include "store/base/result.hpp"

template <class T>
T run_to_end(boost::asio::io_context& io, hearth::awaitable<T> work) {
  std::optional<T> out;
  std::exception_ptr thrown;
  boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr error, T value) {
    thrown = error;
    out.emplace(std::move(value));
  });
  io.restart();
  while (!out && io.run_one_for(std::chrono::seconds(10)) > 0) {
  }
  BOOST_REQUIRE_MESSAGE(out.has_value(), "nothing came of it in 10 s");
  if (thrown) std::rethrow_exception(thrown);
  return std::move(*out);
}
