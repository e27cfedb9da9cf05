// Reads the fields of a request's JSON object and keeps the first problem. Unknown fields are
// ignored, null counts as absent.
//   json_reader in(context.json);
//   auto name = in.need_text("stream_name", 200);
//   auto bitrate = in.integer("bitrate", 1, 100);
//   if (in.failed()) co_return error_response(in.error());
#pragma once
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "node/http/api_error.hpp"

namespace hearth::http {

class json_reader {
 public:
  /// prefix stands before names in messages, e.g. "edits[3].". Anything but an object is a problem.
  explicit json_reader(const boost::json::value& body, std::string prefix = {});

  bool has(std::string_view key) const;
  /// At most most_characters code points; no control characters but newline and tab.
  std::optional<std::string> text(std::string_view key, std::size_t most_characters);
  /// As text(), and it must be there and not be empty.
  std::string need_text(std::string_view key, std::size_t most_characters);
  /// Any text of at most most_bytes of UTF-8: the body of a note.
  std::optional<std::string> long_text(std::string_view key, std::size_t most_bytes);
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<bool> boolean(std::string_view key);
  std::optional<std::vector<std::string>> texts(std::string_view key, std::size_t most,
                                                std::size_t most_characters);
  /// One of the allowed words.
  std::optional<std::string> word(std::string_view key, std::initializer_list<std::string_view> of);
  /// The array of this name, or nullptr.
  const boost::json::array* array(std::string_view key, std::size_t most);

  bool failed() const { return error_.has_value(); }
  /// Only when failed().
  const api_error& error() const { return *error_; }
  /// Notes a problem of the field, "title: must be ...", unless there is one already.
  void fail(std::string_view key, std::string_view must);
  /// Takes over a problem of a reader of a part, unless there is one already.
  void take(const api_error& error) {
    if (!error_) error_ = error;
  }

 private:
  const boost::json::value* find(std::string_view key) const;
  const boost::json::object* body_ = nullptr;
  std::string prefix_;
  std::optional<api_error> error_;
};

/// Parses a body: UTF-8, nested at most 32 deep, nothing after the value. Empty text gives {}.
answer<boost::json::value> parse_json(std::string_view text);

/// The number of code points in valid UTF-8.
std::size_t count_characters(std::string_view utf8);

}  // namespace hearth::http
