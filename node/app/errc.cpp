#include "node/app/errc.hpp"

namespace hearth::app {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.app"; }
  std::string message(int value) const override {
    return static_cast<errc>(value) == errc::bad_identity
               ? "the file with the node's key does not hold a key"
               : "unknown error";
  }
};

}  // namespace

const boost::system::error_category& app_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), app_category()};
}

}  // namespace hearth::app
