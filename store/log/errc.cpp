#include "store/log/errc.hpp"

#include <string>

namespace hearth::logs {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.log"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::not_found:
        return "no such entry in the log";
      case errc::gap:
        return "entries before these are still missing";
      case errc::forked:
        return "a node signed two different entries under one number";
      case errc::frozen:
        return "this log is frozen, because its author signed two histories";
      case errc::broken_chain:
        return "the entries do not follow from one another";
      case errc::bad_signature:
        return "the entries are not signed by their author";
      case errc::too_large:
        return "the entry is larger than its limit";
      case errc::too_many:
        return "too many logs in one space";
      case errc::malformed:
        return "not a log entry";
      case errc::newer_version:
        return "the store was written by a newer version of Hearth";
      case errc::locked:
        return "another process is using the store";
      case errc::disk_full:
        return "no space left on the disk";
      case errc::corrupt:
        return "the store's files are damaged";
      case errc::io_failed:
        return "reading or writing the store failed";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& log_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), log_category()};
}

}  // namespace hearth::logs
