// A frame of a hostile peer: decoding never fails but with an error, and what was decoded is the
// same after it was encoded again.
#include <cstdlib>

#include "net/wire/messages.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto first = hearth::wire::decode_frame({data, size});
  if (!first) return 0;
  const auto frame = hearth::wire::encode_frame(*first);
  const auto second = hearth::wire::decode_frame(frame);
  if (!second || !(*second == *first)) std::abort();
  return 0;
}
