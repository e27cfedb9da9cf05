// UUID version 4 (RFC 9562): the form of stream keys and of the ids of streams, images, videos,
// notes.
#pragma once
#include <string>
#include <string_view>

#include "store/base/bytes.hpp"
#include "store/base/random.hpp"

namespace hearth {

/// 36 characters in lower case.
std::string make_uuid(random_source& random);

/// A version 4 UUID whose last twelve digits are the first six bytes of BLAKE2b of owner_key, so
/// that nobody else can claim to have made what it names.
std::string make_owned_uuid(random_source& random, byte_view owner_key);

/// Whether uuid has the form of one that make_owned_uuid makes for owner_key.
bool uuid_owned_by(std::string_view uuid, byte_view owner_key);

/// Whether text has the form 8-4-4-4-12 in lower-case hexadecimal (any version).
bool is_uuid(std::string_view text);

}  // namespace hearth
