#include "node/journal/operation.hpp"

#include "store/base/hash.hpp"

namespace hearth::journal {

std::string operation_id::text() const {
  byte_writer writer;
  writer.raw(author.key);
  writer.u64(incarnation);
  writer.u64(sequence);
  return to_hex(byte_view(blake2b(writer.view())).first(8));
}

}  // namespace hearth::journal
