#include "media/sandbox/errc.hpp"

#include <string>

namespace hearth::sandbox {
namespace {

class sandbox_category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.sandbox"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::worker_not_found:
        return "the program hearth-worker was not found";
      case errc::worker_not_started:
        return "the program hearth-worker can't be run";
      case errc::no_sandbox:
        return "the system does not let the worker lock itself in";
      case errc::bad_input_file:
        return "the file can't be opened for reading";
      case errc::unknown_job:
        return "the worker does not know this kind of job";
      case errc::queue_full:
        return "too many files are waiting to be examined";
      case errc::pool_closed:
        return "shutting down";
      case errc::cancelled:
        return "cancelled";
      case errc::worker_crashed:
        return "the worker that examined the file crashed";
      case errc::worker_broke_rules:
        return "the worker was stopped for doing what it may not do";
      case errc::worker_timed_out:
        return "examining the file took too long";
      case errc::worker_out_of_memory:
        return "examining the file took too much memory";
      case errc::answer_too_large:
        return "the worker said more than it may";
      case errc::bad_answer:
        return "the worker's answer makes no sense";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& category() {
  static const sandbox_category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), category()};
}

}  // namespace hearth::sandbox
