#include "media/live/errc.hpp"

#include <string>

namespace hearth::live {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.live"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::lagged:
        return "too slow: the stream went on without this consumer";
      case errc::ended:
        return "the stream has ended";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& live_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), live_category()};
}

}  // namespace hearth::live
