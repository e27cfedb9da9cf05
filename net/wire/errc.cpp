#include "net/wire/errc.hpp"

#include <string>

namespace hearth::wire {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.wire"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::malformed:
        return "a message of the peer is malformed";
      case errc::too_large:
        return "a message of the peer is too large";
      case errc::too_many:
        return "a list in a message of the peer is too long";
      case errc::bad_text:
        return "a text in a message of the peer is not plain UTF-8";
      case errc::incompatible:
        return "the peer speaks no protocol version that this node knows";
      case errc::bad_signature:
        return "the presence is not signed by the node it names";
      case errc::expired:
        return "the presence is out of date";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& wire_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), wire_category()};
}

}  // namespace hearth::wire
