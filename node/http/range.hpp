// Range requests (RFC 9110, section 14): one range of bytes. Several ranges, other units and bad
// syntax are ignored, as the RFC allows, and the whole is sent.
#pragma once
#include <cstdint>
#include <string_view>

namespace hearth::http {

struct byte_range {
  enum class kind { whole, part, unsatisfiable };
  kind what = kind::whole;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// What a Range field asks of something of this size; "" asks for the whole.
byte_range read_range(std::string_view field, std::uint64_t size);

/// Whether one of the entity tags in an If-None-Match field is this one (weak comparison).
bool matches_etag(std::string_view field, std::string_view etag);

}  // namespace hearth::http
