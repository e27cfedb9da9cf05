#include "node/http/errc.hpp"

namespace hearth::http {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.http"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::malformed_request:
        return "the request is not well-formed HTTP";
      case errc::header_too_large:
        return "the request's header is too large";
      case errc::body_too_large:
        return "the request's body is too large";
      case errc::too_slow:
        return "the client was too slow";
      case errc::disconnected:
        return "the client went away";
      case errc::bad_address:
        return "this is not an IP address to listen on";
      case errc::address_in_use:
        return "another program listens there";
      case errc::listen_failed:
        return "listening failed";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& http_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), http_category()};
}

api_error to_api_error(boost::system::error_code code) {
  if (code == errc::header_too_large) {
    return {431, "header_too_large", "The request's header is too large.",
            "Send fewer or shorter header fields and a shorter address."};
  }
  if (code == errc::body_too_large) {
    return {413, "body_too_large", "The request's body is too large.",
            "Send less at once; the limits are in the settings."};
  }
  if (code == errc::too_slow) {
    return {408, "too_slow", "The request did not arrive in time.", "Try again."};
  }
  if (code.category() == http_category()) {
    return {400, "malformed_request", "The request is not well-formed HTTP.",
            "Check the program that sent it."};
  }
  return {500, "internal", "The node failed to answer: " + code.message() + ".",
          "Look into the node's log."};
}

}  // namespace hearth::http
