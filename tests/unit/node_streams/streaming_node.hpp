// A node as far as streams need one, and publishers that do what a test says.
#pragma once
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "memory_node.hpp"
#include "node/streams/streams.hpp"

namespace hearth::streams_test {

using namespace hearth::streams;
using journal_test::memory_node;

/// An encoder that is connected.
struct fake_publisher final : rtmp::publisher_control {
  explicit fake_publisher(const clock& with) : time(with), heard(with.steady()) {}
  void end(std::string_view code, std::string_view text) override {
    end_code = code;
    end_text = text;
  }
  std::uint64_t bytes_received() const override { return received; }
  milliseconds last_data() const override { return heard; }

  const clock& time;
  milliseconds heard;  // when its newest bytes came
  std::uint64_t received = 1234;
  std::string end_code;
  std::string end_text;
  rtmp::publish_decision decision;

  bool accepted() const { return decision.sink != nullptr; }
  void leave(live::end_reason reason = live::end_reason::finished, std::string_view why = "bye") {
    decision.sink->on_end(reason, why);
    decision.sink.reset();
  }
};

struct streaming_node : memory_node {
  explicit streaming_node(std::uint64_t seed, std::size_t max_live = 10) : memory_node(seed) {
    limits.max_live = max_live;
    limits.hls = {};
    open();
  }
  ~streaming_node() { run(); }

  void open() {
    own.reset();
    restart();
    own = std::make_unique<hearth::streams::streams>(
        *journal, io.get_executor(), random, time, limits,
        [this](const journal::change& what) { changes.push_back(what); });
    BOOST_REQUIRE(journal->rebuild());
    own->announce();
  }

  /// Lets happen what was posted to the core.
  void run() {
    io.restart();
    io.poll();
  }

  template <class T>
  T await(awaitable<T> work) {
    std::optional<T> out;
    boost::asio::co_spawn(io, std::move(work),
                          [&out](std::exception_ptr, T value) { out = std::move(value); });
    run();
    BOOST_REQUIRE(out.has_value());
    return std::move(*out);
  }

  std::shared_ptr<fake_publisher> publish(const std::string& stream_key) {
    auto made = std::make_shared<fake_publisher>(time);
    rtmp::publish_request request;
    request.key = stream_key;
    request.control = made;
    made->decision = await(own->open_publish(request));
    run();
    return made;
  }

  rtmp::play_decision play(const std::string& name, const std::string& from = "127.0.0.1") {
    rtmp::play_request request;
    request.client_address = from;
    request.name = name;
    return await(own->open_play(request));
  }

  stream_facts make(const std::string& name = "Match") {
    stream_form form;
    form.name = name;
    return own->create(form).value();
  }

  boost::asio::io_context io;
  stream_limits limits;
  std::vector<journal::change> changes;
  std::unique_ptr<hearth::streams::streams> own;
};

}  // namespace hearth::streams_test
