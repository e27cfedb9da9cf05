#include "store/base/errc.hpp"

#include <string>

namespace hearth {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.base"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::timed_out:
        return "no answer before the deadline";
      case errc::truncated:
        return "the data ends too early";
      case errc::too_large:
        return "larger than its limit";
      case errc::malformed:
        return "not in the expected format";
      case errc::bad_signature:
        return "the signature does not verify";
      case errc::not_found:
        return "no such file";
      case errc::disk_full:
        return "no space left on the disk";
      case errc::io_failed:
        return "reading or writing a file failed";
      case errc::group_full:
        return "too many tasks at once";
      case errc::group_closed:
        return "shutting down";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& base_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), base_category()};
}

}  // namespace hearth
