// The digests of the RTMP digest handshake: HMAC-SHA256 keyed with well-known phrases, hidden at a
// place that the block itself tells. Not a secret, only a form that some clients insist on.
#pragma once
#include <optional>
#include <span>

#include "store/base/bytes.hpp"

namespace hearth::rtmp {

/// Where a block keeps its digest: after its first bytes, or after its middle.
enum class digest_place { front, middle };

struct client_digest {
  digest_place place;
  bytes32 value;
};

/// The digest of C1, when it is there and right. block: 1,536 bytes.
std::optional<client_digest> find_client_digest(byte_view block);

/// Puts the server's version and digest into S1.
void sign_server_block(std::span<std::uint8_t> block, digest_place place);

/// Ends S2 with the digest that answers the client's.
void sign_answer(std::span<std::uint8_t> block, const bytes32& client);

/// For tests, the client's side: puts version and digest into C1; checks S1 and S2.
void sign_client_block(std::span<std::uint8_t> block, digest_place place);
std::optional<client_digest> find_server_digest(byte_view block);
bool is_answer(byte_view second_block, const bytes32& client);

}  // namespace hearth::rtmp
