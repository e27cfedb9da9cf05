// A run of entries on the wire: what all its headers share is said once, and hashes are left out,
// since the receiver computes them; the author's signature covers the result. The space is not said
// either: only the shared one has a wire form. Internal. Pure functions.
#pragma once
#include "net/wire/errc.hpp"
#include "store/log/shared_log_store.hpp"

namespace hearth::wire {

bytes encode_run(const logs::shared_run& run);
/// errc::malformed, too_large (a payload or the sum above its limit).
result<logs::shared_run> decode_run(byte_view data);

}  // namespace hearth::wire
