// HTTP/1.1 (RFC 9112) on TCP and on a Unix socket. One strand a connection; keep-alive; pipelined
// requests are answered in order. Every wait has a deadline, every input a limit; what breaks a
// rule is answered in the API's error form where that is possible, and costs the sender's
// connection only.
//
// Until there are passwords, a caller on loopback or on the Unix socket (same user or root) is the
// owner, and everybody else is refused.
//
// Threads: listen_*(), start() and stop() from one; counters() from any.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "node/http/errc.hpp"
#include "node/http/router.hpp"

namespace hearth::http {

struct server_options {
  std::vector<std::string> allowed_hosts = {};  // beside localhost and loopback addresses
  std::size_t connections = 256;
  std::size_t connections_per_address = 64;  // the Unix socket counts as one address
  std::size_t header_bytes = 16 * 1024;
  std::chrono::milliseconds idle{60'000};           // between requests
  std::chrono::milliseconds header{10'000};         // from its first byte to its last
  std::chrono::milliseconds body_progress{30'000};  // for each piece of a body
  std::chrono::milliseconds json_body{60'000};      // for the whole of a JSON body
  std::chrono::milliseconds write{30'000};          // for each piece of at most 256 KiB
  std::chrono::milliseconds heartbeat{15'000};      // of an event stream
  std::chrono::milliseconds linger{5'000};          // for a client to stop sending what is refused
};

struct server_counters {
  std::uint64_t connections_open = 0;
  std::uint64_t connections_taken = 0;
  std::uint64_t connections_refused = 0;  // above a limit
  std::uint64_t requests = 0;
  std::uint64_t answers_4xx = 0;
  std::uint64_t answers_5xx = 0;
  std::uint64_t bytes_sent = 0;
};

class server {
 public:
  server(boost::asio::any_io_executor io, std::shared_ptr<const router> routes,
         server_options options = {});
  ~server();
  server(const server&) = delete;
  server& operator=(const server&) = delete;

  /// Listens on an IP address; port 0 picks a free one. Errors: errc::bad_address, address_in_use,
  /// listen_failed.
  result<boost::asio::ip::tcp::endpoint> listen_tcp(const std::string& address, std::uint16_t port);
  /// Listens on a Unix socket with mode 0600; a left-over of a dead process is replaced. Errors:
  /// errc::address_in_use when another process answers there, listen_failed.
  result<void> listen_local(const std::filesystem::path& path);

  /// Takes connections from now on at what listens; call it again after listening elsewhere too.
  void start();

  /// Stops taking connections, closes idle ones and event streams, gives requests in work until
  /// limit, cuts the rest. Run it on the io executor.
  awaitable<void> stop(std::chrono::milliseconds limit);

  server_counters counters() const;

 private:
  struct impl;
  std::shared_ptr<impl> impl_;
};

}  // namespace hearth::http
