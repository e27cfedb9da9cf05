// The RTMP listener: accepts publishers and players (RTMP 1.0, Enhanced RTMP), each on a strand of
// its own. See docs/protocols/rtmp.md.
//
// Life: construct, start(), then cancel() and join() (or co_await stop()); the gate, clock and
// random source must outlive it. Limits: connections in all and per address, a deadline on every
// wait, one bounded batch of output a connection. A malformed client costs its own connection only,
// with a logged reason.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>

#include "media/rtmp/gate.hpp"
#include "store/base/random.hpp"

namespace hearth::rtmp {

struct server_options {
  std::string address = "0.0.0.0";  // numeric
  std::uint16_t port = 1935;        // 0: a free one, see port()
  std::size_t max_connections = 2000;
  std::size_t max_per_address = 500;
  milliseconds handshake_deadline{10'000};  // from accept to the end of the handshake
  milliseconds command_deadline{30'000};    // without publishing or playing
  milliseconds idle_deadline{30'000};       // a publisher that sends nothing
  milliseconds write_deadline{10'000};      // a client that takes nothing
  milliseconds linger{2'000};               // for a refused client to read why
};

class server {
 public:
  server(boost::asio::any_io_executor executor, server_options options, stream_gate& gate,
         const clock& clock = system_clock(), random_source& random = system_random());
  ~server();

  /// Binds, listens and accepts from now on. Errors: those of bind (address in use, no such
  /// address).
  result<void> start();
  /// The bound address and port, after start().
  boost::asio::ip::tcp::endpoint endpoint() const;
  std::uint16_t port() const { return endpoint().port(); }

  std::size_t connections() const;

  /// Accepts no more and ends every connection (publishers' sinks get end_reason::lost). Waits
  /// until all are gone: hearth::errc::timed_out when some are not by then.
  awaitable<result<void>> stop(milliseconds limit);

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace hearth::rtmp
