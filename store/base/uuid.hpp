// UUID version 4 (RFC 9562): the form of stream keys and of the ids of streams, images, videos,
// notes.
#pragma once
#include <string>
#include <string_view>

#include "store/base/random.hpp"

namespace hearth {

/// 36 characters in lower case.
std::string make_uuid(random_source& random);

/// Whether text has the form 8-4-4-4-12 in lower-case hexadecimal (any version).
bool is_uuid(std::string_view text);

}  // namespace hearth
