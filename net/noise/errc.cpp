#include "net/noise/errc.hpp"

#include <string>

namespace hearth::noise {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.noise"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::decrypt_failed:
        return "the message does not decrypt";
      case errc::bad_public_key:
        return "the public key is of small order";
      case errc::too_short:
        return "the handshake message is too short";
      case errc::too_long:
        return "the handshake message is too long";
      case errc::out_of_turn:
        return "not the turn of this side in the handshake";
      case errc::missing_key:
        return "the handshake pattern needs another key";
      case errc::unknown_protocol:
        return "unknown Noise protocol name";
      case errc::nonces_used_up:
        return "too many messages under one key";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& noise_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), noise_category()};
}

}  // namespace hearth::noise
