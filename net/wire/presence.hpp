// Presence: what a node says about itself for a short while (live status, viewers). Signed by the
// node, so that others can pass it on; never logged. Pure functions.
#pragma once
#include "net/wire/messages.hpp"
#include "store/base/clock.hpp"

namespace hearth::wire {

inline constexpr milliseconds max_presence_lifetime = std::chrono::seconds(60);
/// How far a node's clock may be ahead before its presence is refused.
inline constexpr milliseconds max_presence_ahead = std::chrono::minutes(10);

/// A signed presence. Precondition: lifetime, kind and body are within their limits.
presence make_presence(const signing_key& key, milliseconds issued_at, milliseconds lifetime,
                       std::string kind, bytes body);

/// errc::bad_signature; errc::expired when it is over or lies too far ahead; errc::too_large for a
/// lifetime above the limit.
result<void> check_presence(const presence& content, milliseconds now);

}  // namespace hearth::wire
