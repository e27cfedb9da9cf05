// Pulls the parts of a multipart/form-data request while it arrives; nothing is held but one piece.
//   auto form = multipart_reader::open(context);
//   while next_part() gives a part: read_text() for a field, read() until empty for a file.
#pragma once
#include "node/http/multipart.hpp"
#include "node/http/router.hpp"

namespace hearth::http {

class multipart_reader {
 public:
  /// The context must outlive the reader. Errors: 415 for another content type, 400 without
  /// boundary.
  static answer<multipart_reader> open(request_context& context, multipart_limits limits = {});

  /// The next part, or nothing after the last. What was not read of the present one is skipped.
  awaitable<answer<std::optional<part_head>>> next_part();

  /// The next piece of the present part (valid until the next call); empty at its end.
  awaitable<answer<byte_view>> read();

  /// The whole of a field; 413 above limit bytes, 400 when not UTF-8.
  awaitable<answer<std::string>> read_text(std::size_t limit = 64 * 1024);

 private:
  multipart_reader(body_reader& body, std::string boundary, multipart_limits limits)
      : body_(&body), parser_(std::move(boundary), limits) {}
  awaitable<answer<multipart_parser::step>> advance();

  body_reader* body_;
  multipart_parser parser_;
  bool in_part_ = false;
};

/// 413 for a file above its limit, in words.
api_error file_too_large(std::uint64_t limit_bytes);

}  // namespace hearth::http
