#include "node/http/multipart_reader.hpp"

#include "node/http/errc.hpp"

namespace hearth::http {

answer<multipart_reader> multipart_reader::open(request_context& context, multipart_limits limits) {
  auto boundary = multipart_boundary(context.head.field("content-type"));
  if (!boundary) return boundary.error();
  return multipart_reader(context.body, std::move(*boundary), limits);
}

awaitable<answer<multipart_parser::step>> multipart_reader::advance() {
  for (;;) {
    auto step = parser_.next();
    if (!step || *step != multipart_parser::step::need_more) co_return step;
    const auto more = co_await body_->read();
    if (!more) co_return to_api_error(more.error());
    parser_.feed(*more);
  }
}

awaitable<answer<std::optional<part_head>>> multipart_reader::next_part() {
  for (;;) {
    const auto step = co_await advance();
    if (!step) co_return step.error();
    in_part_ = *step == multipart_parser::step::part;
    if (in_part_) co_return parser_.part();
    if (*step == multipart_parser::step::finished) co_return std::nullopt;
  }
}

awaitable<answer<byte_view>> multipart_reader::read() {
  if (!in_part_) co_return byte_view();
  const auto step = co_await advance();
  if (!step) co_return step.error();
  if (*step == multipart_parser::step::data) co_return parser_.data();
  in_part_ = false;
  co_return byte_view();
}

awaitable<answer<std::string>> multipart_reader::read_text(std::size_t limit) {
  std::string out;
  for (;;) {
    const auto piece = co_await read();
    if (!piece) co_return piece.error();
    if (piece->empty()) break;
    out += as_text(*piece);
    if (out.size() > limit) {
      co_return api_error{
          413, "field_too_large",
          parser_.part().name + ": must be at most " + std::to_string(limit) + " bytes.",
          "Send a shorter value."};
    }
  }
  if (!is_utf8(out)) {
    co_return api_error{400, "bad_form", parser_.part().name + ": must be UTF-8 text.",
                        "Send the value as UTF-8."};
  }
  co_return out;
}

api_error file_too_large(std::uint64_t limit_bytes) {
  const auto limit = limit_bytes % (1024 * 1024) == 0
                         ? std::to_string(limit_bytes / (1024 * 1024)) + " MiB"
                         : std::to_string(limit_bytes) + " bytes";
  return {413, "file_too_large", "The file is larger than " + limit + ".",
          "Send a smaller file, or raise the limit in the settings."};
}

}  // namespace hearth::http
