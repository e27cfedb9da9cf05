// multipart/form-data (RFC 7578, RFC 2046), without I/O: bytes go in, events come out, in pieces of
// any size. Holds at most what was fed, plus one part's head. Names and file names are hostile text
// and never become paths.
#pragma once
#include <optional>
#include <string>

#include "node/http/api_error.hpp"
#include "store/base/bytes.hpp"

namespace hearth::http {

struct multipart_limits {
  std::size_t parts = 16;
  std::size_t head_bytes = 8 * 1024;  // of each part
};

struct part_head {
  std::string name;
  std::string file_name;     // as given, without folders; at most 255 bytes
  bool is_file = false;      // has a file name
  std::string content_type;  // as claimed
};

/// The boundary in a Content-Type field; an error when it is another type or has none.
answer<std::string> multipart_boundary(std::string_view content_type);

class multipart_parser {
 public:
  enum class step { need_more, part, data, part_end, finished };

  explicit multipart_parser(std::string boundary, multipart_limits limits = {});

  /// More of the body. Only after next() said need_more; an empty view says that there is no more.
  void feed(byte_view more);
  /// What comes next. Errors: 400 for a malformed body, 413 for a limit. Final once given.
  answer<step> next();

  /// After step::part.
  const part_head& part() const { return part_; }
  /// After step::data: valid until the next call.
  byte_view data() const { return data_; }

 private:
  enum class state { preamble, after_boundary, head, body, finished };
  answer<step> read_preamble();
  answer<step> read_after_boundary();
  answer<step> read_head();
  answer<step> read_body();
  answer<step> wait_for_more();
  std::string_view rest() const { return std::string_view(buffer_).substr(used_); }

  const std::string delimiter_;  // CRLF -- boundary
  const multipart_limits limits_;
  state state_ = state::preamble;
  std::string buffer_;
  std::size_t used_ = 0;
  bool ended_ = false;
  std::size_t parts_ = 0;
  part_head part_;
  byte_view data_;
};

}  // namespace hearth::http
