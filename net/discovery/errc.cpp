#include "net/discovery/errc.hpp"

#include <string>

namespace hearth::discovery {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.discovery"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::starting:
        return "discovery is starting";
      case errc::no_bus:
        return "D-Bus does not answer: is dbus-daemon running?";
      case errc::no_daemon:
        return "no Avahi daemon answers: is avahi-daemon running?";
      case errc::daemon_lost:
        return "the Avahi daemon went away";
      case errc::rejected:
        return "the Avahi daemon refused a request";
      case errc::stopped:
        return "discovery was stopped";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& discovery_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), discovery_category()};
}

}  // namespace hearth::discovery
