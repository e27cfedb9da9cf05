// The rules of a log, as pure functions: how the next entry is made, and whether a run that
// somebody sent holds together and is signed. Nothing is stored here.
#pragma once
#include "store/log/log_backend.hpp"

namespace hearth::logs {

/// Most that one run may cost (the sum of entry::cost): fits a frame of 16 MiB with its envelope.
inline constexpr std::size_t max_run_bytes = 14 * 1024 * 1024;

/// The entry that follows head. Precondition: the payload is within its limit, hlc above head.hlc.
entry next_entry(const log_head& head, space in, std::uint64_t hlc, draft content);

/// The head once an entry with this header has followed it.
log_head head_after(const log_head& head, const entry_header& header);

/// Whether a run is whole by itself: entries of its log in the shared space, consecutive, each
/// naming the hash of the one before, stamps rising, payloads as long and of the hash that their
/// headers say, the last header signed by the author. Gives the hash of every header, in order.
/// errc::malformed (no entry), too_large, broken_chain, bad_signature.
result<std::vector<bytes32>> check_run(const shared_run& run);

}  // namespace hearth::logs
