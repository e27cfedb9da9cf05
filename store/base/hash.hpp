// BLAKE2b with 32 bytes of output (RFC 7693), by libsodium.
#pragma once
#include <memory>

#include "store/base/bytes.hpp"

namespace hearth {

bytes32 blake2b(byte_view data);
/// Keyed BLAKE2b, for deriving one secret from another: label is at most 64 bytes.
bytes32 derive_key(byte_view secret, std::string_view label);

/// Hashes data that arrives in parts.
class blake2b_stream {
 public:
  blake2b_stream();
  ~blake2b_stream();
  blake2b_stream(blake2b_stream&&) noexcept;
  blake2b_stream& operator=(blake2b_stream&&) noexcept;

  void update(byte_view data);
  /// Ends the stream; call once.
  bytes32 finish();

 private:
  struct state;
  std::unique_ptr<state> state_;
};

/// Compares secrets without telling by its time where they differ.
bool equal_in_constant_time(byte_view a, byte_view b);

}  // namespace hearth
