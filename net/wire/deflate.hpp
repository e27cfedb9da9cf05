// RFC 1951 for runs of entries, by Beast's port of zlib. Internal. Pure functions.
#pragma once
#include <optional>

#include "net/wire/errc.hpp"
#include "store/base/bytes.hpp"

namespace hearth::wire {

/// Larger inputs are sent as they are: they are seldom text, and would hold up others.
inline constexpr std::size_t max_deflate_bytes = 1024 * 1024;

/// The deflated form, when it saves at least an eighth.
std::optional<bytes> deflate_if_smaller(byte_view data);
/// Exactly size bytes, or errc::malformed; errc::too_large when size is above max_deflate_bytes.
result<bytes> inflate(byte_view data, std::size_t size);

}  // namespace hearth::wire
