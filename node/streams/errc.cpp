#include "node/streams/errc.hpp"

#include <string>

namespace hearth::streams {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.streams"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::unknown_stream:
        return "there is no stream with this id or key";
      case errc::not_own:
        return "the stream belongs to another node";
      case errc::bad_field:
        return "a name, description or preset is too long or not known";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& streams_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), streams_category()};
}

}  // namespace hearth::streams
