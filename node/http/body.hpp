// The body of a request, pulled by the handler that wants it.
#pragma once
#include <optional>

#include "store/base/bytes.hpp"

namespace hearth::http {

class body_reader {
 public:
  virtual ~body_reader() = default;
  /// The next piece (at most 64 KiB, valid until the next call); empty at the end. Errors:
  /// http::errc::body_too_large, too_slow, malformed_request, disconnected; give them to
  /// to_api_error().
  virtual awaitable<result<byte_view>> read() = 0;
  /// Content-Length, when the client gave one.
  virtual std::optional<std::uint64_t> announced() const = 0;
};

}  // namespace hearth::http
