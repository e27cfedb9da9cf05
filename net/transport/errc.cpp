#include "net/transport/errc.hpp"

#include <string>

namespace hearth::transport {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.transport"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::closed:
        return "the link is closed";
      case errc::queue_full:
        return "the other node takes less than is sent to it";
      case errc::frame_too_large:
        return "a frame is above the limit";
      case errc::bad_record:
        return "a record has an impossible length";
      case errc::tampered:
        return "a record was changed on its way";
      case errc::cut_short:
        return "the connection ended in the middle of something";
      case errc::stranger:
        return "the caller does not know the cluster's secret";
      case errc::handshake_failed:
        return "the handshake failed";
      case errc::bad_identity:
        return "the other node's identity does not verify";
      case errc::not_member:
        return "the other node is not a member of this cluster";
      case errc::refused:
        return "the other node does not take this node for a member";
      case errc::self:
        return "the address is this node's own";
      case errc::wrong_peer:
        return "another node answers at this address";
      case errc::no_common_version:
        return "no version of the protocol that both nodes speak";
      case errc::unanswered:
        return "the other end hung up without a word: is its cluster secret the same?";
      case errc::not_resolved:
        return "the host name has no address";
      case errc::unreachable:
        return "nothing answers at the address";
      case errc::cannot_listen:
        return "the address or port is taken or not this machine's";
      case errc::weak_secret:
        return "the cluster's secret is shorter than 16 bytes";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& transport_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), transport_category()};
}

}  // namespace hearth::transport
