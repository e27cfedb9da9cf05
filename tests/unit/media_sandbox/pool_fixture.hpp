// Runs jobs in real worker processes and waits for them.
#pragma once
#include <fcntl.h>
#include <sys/mman.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>

#include "media/sandbox/descriptor.hpp"
#include "media/sandbox/worker_pool.hpp"

struct pool_fixture {
  explicit pool_fixture(hearth::sandbox::pool_options options = {})
      : pool(io.get_executor(), std::move(options)) {}

  static hearth::sandbox::descriptor file_with(std::string_view text) {
    hearth::sandbox::descriptor file(::memfd_create("input", MFD_CLOEXEC));
    if (::write(file.get(), text.data(), text.size()) < 0) return {};
    return file;
  }

  static hearth::bytes word(std::string_view text) {
    const auto view = hearth::as_bytes(text);
    return {view.begin(), view.end()};
  }

  /// Starts a self-test; its outcome is in *out when it is done.
  void start(std::string_view what, std::optional<hearth::result<hearth::bytes>>& out,
             hearth::sandbox::job_limits limits = {}) {
    boost::asio::co_spawn(io, keep(pool.run("selftest", word(what), input.get(), limits), out),
                          boost::asio::detached);
  }

  hearth::result<hearth::bytes> run(std::string_view what,
                                    hearth::sandbox::job_limits limits = {}) {
    std::optional<hearth::result<hearth::bytes>> out;
    start(what, out, limits);
    io.restart();
    io.run();
    return std::move(out).value();
  }

  /// What a self-test said; empty when it gave no answer.
  std::string said(std::string_view what) {
    const auto answer = run(what);
    return answer ? std::string(hearth::as_text(*answer)) : std::string();
  }

  static hearth::awaitable<void> keep(hearth::awaitable<hearth::result<hearth::bytes>> task,
                                      std::optional<hearth::result<hearth::bytes>>& out) {
    out = co_await std::move(task);
  }

  boost::asio::io_context io;
  hearth::sandbox::worker_pool pool;
  hearth::sandbox::descriptor input = file_with("some bytes");
};
