// One client: reads requests, asks the router, sends answers. Runs as one coroutine on its strand.
#pragma once
#include <atomic>
#include <boost/beast/core/flat_buffer.hpp>
#include <map>
#include <mutex>
#include <set>

#include "node/http/request_body.hpp"
#include "node/http/server.hpp"

namespace hearth::http {

class connection;

/// What all connections of a server share.
struct server_state {
  server_options options;
  std::shared_ptr<const router> routes;
  std::atomic<bool> stopping = false;
  std::atomic<std::uint64_t> taken = 0, refused = 0, requests = 0, answers_4xx = 0, answers_5xx = 0,
                             bytes_sent = 0;
  std::mutex mutex;
  std::map<std::string, std::size_t> by_address;
  std::set<std::shared_ptr<connection>> open;

  /// Takes a place for a connection; false above a limit.
  bool enter(const std::string& address, const std::shared_ptr<connection>& one);
  void leave(const std::string& address, const std::shared_ptr<connection>& one);
};

class connection : public std::enable_shared_from_this<connection> {
 public:
  connection(stream::socket socket, caller who, std::shared_ptr<server_state> state);

  const caller& who() const { return who_; }
  awaitable<void> run();
  /// Ends the connection when no request is in work. From any thread.
  void stop_when_idle();
  /// Says 503 as far as the socket takes it at once.
  void refuse();

 private:
  enum class after { next_request, close, linger };

  awaitable<after> serve_one();
  awaitable<bool> wait_for_bytes();
  awaitable<result<void>> read_head();
  answer<void> take_head();
  awaitable<response> respond(request_body& body);
  awaitable<response> call(const route& target, name_values params, request_body& body);
  awaitable<after> answer_broken(error_code why);
  awaitable<void> linger();

  std::shared_ptr<stream> stream_;
  caller who_;
  std::shared_ptr<server_state> state_;
  boost::beast::flat_buffer buffer_;
  std::unique_ptr<request_parser> parser_;
  request head_;
  bool idle_ = false;
  std::shared_ptr<event_queue> events_;
};

}  // namespace hearth::http
