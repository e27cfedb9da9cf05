// Two real ends of a link over the loopback interface.
#pragma once
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "net/transport/dial.hpp"
#include "net/transport/listener.hpp"
#include "parties.hpp"
#include "store/base/with_timeout.hpp"

namespace hearth::transport_test {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using link_ptr = std::shared_ptr<link>;
constexpr auto token = asio::as_tuple(asio::use_awaitable);
constexpr milliseconds soon{5'000};

/// One listening node, and a thread-less io_context that runs until what a test awaits is done.
struct network {
  asio::io_context io;
  task_group tasks{"test", 1000};
  std::shared_ptr<link_context> server = make_node();
  std::shared_ptr<link_context> client = make_node();
  listener_config config{.address = "127.0.0.1"};
  std::shared_ptr<listener> door;
  std::vector<link_ptr> arrived;

  ~network() {
    if (door) door->stop();
    for (auto& each : arrived)
      each->close();
    tasks.cancel();
    io.restart();
    io.run_for(std::chrono::seconds(2));
  }

  void listen() {
    auto ready = [this](link_ptr made) { arrived.push_back(std::move(made)); };
    door = listener::open(io.get_executor(), config, server, tasks, ready).value();
  }

  template <class T>
  T run(awaitable<T> work) {
    std::optional<T> out;
    std::exception_ptr thrown;
    auto on_end = [&](std::exception_ptr error, T value) {
      thrown = error;
      out.emplace(std::move(value));
    };
    asio::co_spawn(io, std::move(work), std::move(on_end));
    io.restart();
    while (!out && io.run_one_for(std::chrono::seconds(20)) > 0) {
    }
    BOOST_REQUIRE_MESSAGE(out.has_value(), "nothing came of it in 20 s");
    if (thrown) std::rethrow_exception(thrown);
    return std::move(*out);
  }

  /// Lets things happen until condition holds.
  bool until(const std::function<bool()>& condition, std::chrono::seconds limit = {}) {
    if (limit.count() == 0) limit = std::chrono::seconds(10);
    const auto end = std::chrono::steady_clock::now() + limit;
    io.restart();
    while (!condition() && std::chrono::steady_clock::now() < end) {
      io.run_one_for(std::chrono::milliseconds(20));
    }
    return condition();
  }

  result<link_ptr> call(dial_target target = {}) {
    if (target.host.empty()) target.host = "127.0.0.1";
    if (target.port == 0 && door) target.port = door->port();
    return run(dial(io.get_executor(), client, tasks, std::move(target)));
  }

  result<bytes> receive(const link_ptr& on, milliseconds limit = soon) {
    return run(on->receive_frame(limit));
  }

  /// A link's two ends: the dialling one, then the listening one.
  std::pair<link_ptr, link_ptr> connect() {
    listen();
    auto made = call().value();
    BOOST_REQUIRE(until([&] { return !arrived.empty(); }));
    return {made, arrived.back()};
  }

  tcp::socket plain_socket() {
    tcp::socket socket(io);
    socket.connect({asio::ip::make_address("127.0.0.1"), door->port()});
    return socket;
  }
};

}  // namespace hearth::transport_test
