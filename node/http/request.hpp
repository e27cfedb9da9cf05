// A request's head, read and checked: method, decoded path, query, fields. Values only; lives as
// long as the handler runs.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "node/http/api_error.hpp"

namespace hearth::http {

enum class method { get, head, post, put, patch, del, options };

std::string_view name_of(method value);
/// Nothing for a method that no route can have (TRACE, CONNECT, unknown words).
std::optional<method> method_of(std::string_view name);

using name_values = std::vector<std::pair<std::string, std::string>>;

struct request {
  method verb = method::get;
  std::string target;                 // as sent
  std::vector<std::string> segments;  // of the path, percent-decoded; valid UTF-8 without controls
  name_values query;                  // decoded; at most 64
  name_values fields;                 // header fields, names in lower case

  /// The field's value, or "" when it is not there.
  std::string_view field(std::string_view lower_name) const;
  std::size_t field_count(std::string_view lower_name) const;
  /// The first value of a query parameter, or nothing when it is not there.
  std::optional<std::string_view> parameter(std::string_view name) const;
  /// Whether a content coding (gzip) is acceptable to the client.
  bool accepts_encoding(std::string_view coding) const;
};

/// Splits and decodes a request target into segments and query; an absolute form gives its
/// authority as the field "host". Errors: a percent sign without two digits, control characters,
/// "/" or NUL inside a segment, invalid UTF-8.
answer<void> read_target(std::string_view target, request& into);

/// The decoded text; nothing when a percent sign is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);
std::string percent_encode(std::string_view text);

/// ?limit=&cursor= of a list.
struct page_query {
  std::size_t limit = 0;
  std::string cursor;  // "" for the first page
};

/// limit is between 1 and most; cursor at most 512 characters.
answer<page_query> read_page_query(const request& from, std::size_t normal = 100,
                                   std::size_t most = 1000);

}  // namespace hearth::http
