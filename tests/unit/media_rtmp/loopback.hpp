// A real server on loopback with a gate that knows a few keys, and a way to run ffmpeg against it.
#pragma once
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <cstdio>
#include <map>
#include <mutex>
#include <thread>

#include "media/live/fan_out.hpp"
#include "media/live/stream_stats.hpp"
#include "media/rtmp/server.hpp"

namespace hearth::rtmp::test {

/// Remembers how its stream ended.
class end_recorder final : public live::packet_sink {
 public:
  void on_config(const live::track_config&) override {}
  void on_packet(const live::packet&) override {}
  void on_end(live::end_reason reason, std::string_view text) override {
    std::lock_guard lock(mutex_);
    ++count_;
    end_ = live::stream_end{reason, std::string(text)};
  }
  std::optional<live::stream_end> end() const {
    std::lock_guard lock(mutex_);
    return end_;
  }
  int count() const {
    std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  mutable std::mutex mutex_;
  int count_ = 0;
  std::optional<live::stream_end> end_;
};

struct known_stream {
  std::shared_ptr<live::stream_ring> ring = std::make_shared<live::stream_ring>();
  std::shared_ptr<live::stream_stats> stats = std::make_shared<live::stream_stats>();
  std::shared_ptr<end_recorder> end = std::make_shared<end_recorder>();
  std::weak_ptr<publisher_control> control;
  std::string software;
  int publishers = 0;
};

/// Accepts publishers of keys that were added, once; players of their names.
class fake_gate final : public stream_gate {
 public:
  void add(const std::string& key) {
    std::lock_guard lock(mutex_);
    streams_[key];
  }

  known_stream stream(const std::string& key) const {
    std::lock_guard lock(mutex_);
    return streams_.at(key);
  }

  awaitable<publish_decision> open_publish(publish_request request) override {
    std::lock_guard lock(mutex_);
    const auto found = streams_.find(request.key);
    if (found == streams_.end()) {
      co_return publish_decision{nullptr, std::string(code_bad_name), "Unknown stream key.", ""};
    }
    auto& stream = found->second;
    if (stream.publishers++ > 0) {
      co_return publish_decision{nullptr, std::string(code_bad_name), "Key already in use.", ""};
    }
    stream.control = request.control;
    stream.software = request.client_software;
    std::vector<std::shared_ptr<live::packet_sink>> sinks{stream.ring, stream.stats, stream.end};
    co_return publish_decision{std::make_shared<live::fan_out>(std::move(sinks)), "", "", "test"};
  }

  awaitable<play_decision> open_play(play_request request) override {
    std::lock_guard lock(mutex_);
    const auto found = streams_.find(request.name);
    if (found == streams_.end()) {
      co_return play_decision{nullptr, std::string(code_not_found), "No such stream.", "", nullptr};
    }
    co_return play_decision{found->second.ring, "", "", "test", lease_};
  }

  std::shared_ptr<int> lease() const { return lease_; }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, known_stream> streams_;
  std::shared_ptr<int> lease_ = std::make_shared<int>(0);
};

inline server_options on_loopback() {
  server_options out;
  out.address = "127.0.0.1";
  out.port = 0;
  out.linger = milliseconds(500);
  return out;
}

struct loopback {
  explicit loopback(server_options options = on_loopback())
      : rtmp(context.get_executor(), std::move(options), gate) {
    if (!rtmp.start()) throw std::runtime_error("the server does not start");
    for (auto& thread : threads) {
      thread = std::thread([this] { context.run(); });
    }
  }

  ~loopback() {
    auto stopped =
        boost::asio::co_spawn(context, rtmp.stop(milliseconds(3000)), boost::asio::use_future);
    clean_stop = stopped.get().has_value();
    work.reset();
    for (auto& thread : threads)
      thread.join();
    if (!clean_stop) std::fprintf(stderr, "the server did not stop in time\n");
  }

  std::string url(const std::string& name) const {
    return "rtmp://127.0.0.1:" + std::to_string(rtmp.port()) + "/live/" + name;
  }

  boost::asio::io_context context;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{
      context.get_executor()};
  fake_gate gate;
  server rtmp;
  std::array<std::thread, 2> threads;
  bool clean_stop = false;
};

struct run_outcome {
  int status = 0;
  std::string said;
};

/// Runs a shell command to its end; both its outputs are kept.
inline run_outcome run(const std::string& command) {
  run_outcome out;
  auto* pipe = popen((command + " 2>&1").c_str(), "r");
  if (!pipe) return {127, "popen failed"};
  std::array<char, 4096> chunk;
  while (const auto count = std::fread(chunk.data(), 1, chunk.size(), pipe)) {
    out.said.append(chunk.data(), count);
  }
  out.status = pclose(pipe);
  return out;
}

/// A ffmpeg that publishes a test picture and a tone in real time.
inline std::string publish_command(const std::string& url, int seconds) {
  return "timeout 30 ffmpeg -nostdin -hide_banner -loglevel warning -re"
         " -f lavfi -i testsrc=size=320x180:rate=25 -f lavfi -i "
         "sine=frequency=440:sample_rate=44100"
         " -t " +
         std::to_string(seconds) +
         " -c:v libx264 -preset ultrafast -tune zerolatency -pix_fmt yuv420p -g 25 -b:v 400k"
         " -c:a aac -ac 2 -f flv '" +
         url + "'";
}

/// Waits up to five seconds for something.
template <class Condition>
bool eventually(Condition condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(milliseconds(10));
  }
  return condition();
}

}  // namespace hearth::rtmp::test
