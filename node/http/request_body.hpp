// Reads the body of the request that a parser stands in. Used on the connection's strand only.
#pragma once
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <chrono>

#include "node/http/body.hpp"
#include "node/http/stream.hpp"

namespace hearth::http {

using request_parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

class request_body final : public body_reader {
 public:
  /// continue_wanted: the client waits for "100 Continue" before it sends.
  request_body(std::shared_ptr<stream> from, boost::beast::flat_buffer& buffer,
               request_parser& parser, bool continue_wanted, std::chrono::milliseconds progress);

  awaitable<result<byte_view>> read() override;
  std::optional<std::uint64_t> announced() const override;

  void limit(std::uint64_t bytes) { limit_ = bytes; }
  /// Reads all of it, at most the limit, within total.
  awaitable<result<std::string>> read_all(std::chrono::milliseconds total);

  bool finished() const { return parser_.is_done(); }
  /// Whether what is left is so little that reading it costs less than a new connection.
  bool worth_skipping() const;
  /// Reads and drops what is left; false when the connection can't be used further.
  awaitable<bool> skip();

 private:
  std::shared_ptr<stream> stream_;
  boost::beast::flat_buffer& buffer_;
  request_parser& parser_;
  bool continue_wanted_;
  std::chrono::milliseconds progress_;
  std::uint64_t limit_ = 0;
  std::uint64_t taken_ = 0;
  bytes piece_;
};

}  // namespace hearth::http
