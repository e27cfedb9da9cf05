#include "store/blobs/errc.hpp"

#include <string>

namespace hearth::blobs {
namespace {

class blobs_category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.blobs"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::no_such_blob:
        return "these bytes are not stored here";
      case errc::too_large:
        return "larger than a stored file may be";
      case errc::wrong_piece:
        return "a piece does not match its hash";
      case errc::wrong_piece_list:
        return "the list of pieces does not match the name";
      case errc::malformed:
        return "not in the expected format";
      case errc::incomplete:
        return "not all of it has arrived yet";
      case errc::damaged:
        return "the stored bytes are damaged";
      case errc::out_of_range:
        return "behind the end";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& category() {
  static const blobs_category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), category()};
}

}  // namespace hearth::blobs
