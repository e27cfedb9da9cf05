// A server with routes for the tests, on a free port of loopback and two threads.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <filesystem>
#include <thread>

#include "node/http/multipart_reader.hpp"
#include "node/http/server.hpp"

class running_server {
 public:
  explicit running_server(hearth::http::server_options options = {});
  ~running_server();
  running_server(const running_server&) = delete;
  running_server& operator=(const running_server&) = delete;

  std::uint16_t port() const { return port_; }
  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path socket() const { return folder_ / "hearthd.sock"; }
  hearth::http::server& server() { return *server_; }
  hearth::http::event_hub& events() { return *events_; }
  /// Stops as at the daemon's end; gives the time it took.
  std::chrono::milliseconds stop();

 private:
  std::filesystem::path folder_;
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  boost::asio::thread_pool workers_{1};
  std::shared_ptr<hearth::http::event_hub> events_;
  std::unique_ptr<hearth::http::server> server_;
  std::uint16_t port_ = 0;
  std::vector<std::thread> threads_;
  bool stopped_ = false;
};
