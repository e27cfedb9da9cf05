// Forms from anybody: the first byte is the size of the pieces in which the rest is fed.
#include <cstdlib>

#include "node/http/multipart.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using hearth::http::multipart_parser;
  if (size == 0) return 0;
  const std::size_t piece = data[0] + std::size_t{1};
  hearth::byte_view rest(data + 1, size - 1);
  multipart_parser parser("b0");
  std::size_t seen = 0;
  for (;;) {
    const auto step = parser.next();
    if (!step || *step == multipart_parser::step::finished) return 0;
    if (*step == multipart_parser::step::data) seen += parser.data().size();
    if (seen > size || parser.part().file_name.size() > 255) std::abort();
    if (parser.part().file_name.find('/') != std::string::npos) std::abort();
    if (*step != multipart_parser::step::need_more) continue;
    const auto next = rest.first(std::min(piece, rest.size()));
    parser.feed(next);
    rest = rest.subspan(next.size());
  }
}
