// The server's half of the RTMP handshake (specification 1.0, section 5.2), without I/O: plain, and
// the digest form of Flash players and some encoders (HMAC-SHA256, both places of the digest). A
// digest client is answered with a digest, a plain one plainly.
#pragma once
#include "media/rtmp/errc.hpp"
#include "store/base/bytes.hpp"
#include "store/base/random.hpp"

namespace hearth::rtmp {

inline constexpr std::size_t handshake_block_bytes = 1536;

class handshake {
 public:
  explicit handshake(random_source& random) : random_(random) {}

  /// Takes what it needs from the front of data and appends answers to out. errc::bad_version for
  /// anything that does not begin like RTMP version 3.
  result<void> feed(byte_view& data, bytes& out);
  /// C2 has come: chunks follow.
  bool done() const { return state_ == state::done; }
  /// How the client was answered.
  bool with_digest() const { return with_digest_; }

 private:
  enum class state { version, first_block, second_block, done };
  void answer(bytes& out);

  random_source& random_;
  state state_ = state::version;
  bytes block_;
  bool with_digest_ = false;
};

}  // namespace hearth::rtmp
