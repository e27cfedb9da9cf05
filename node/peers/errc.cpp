#include "node/peers/errc.hpp"

#include <string>

namespace hearth::peers {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.peers"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::not_connected:
        return "no node that has this is reachable";
      case errc::not_there:
        return "the other node does not have this";
      case errc::refused:
        return "the other node does not give this to us";
      case errc::busy:
        return "the other node has too much to do right now";
      case errc::broken_answer:
        return "the other node's answer does not fit the question";
      case errc::bad_address:
        return "an address must be host:port";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& peers_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), peers_category()};
}

}  // namespace hearth::peers
