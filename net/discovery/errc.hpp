// Errors of net/discovery: why there is no discovery now.
#pragma once
#include <boost/system/error_category.hpp>
#include <boost/system/error_code.hpp>

#include "store/base/result.hpp"

namespace hearth::discovery {

enum class errc {
  starting = 1,  // not yet asked
  no_bus,        // D-Bus, through which Avahi is reached, does not answer
  no_daemon,     // D-Bus answers, but no Avahi daemon is there
  daemon_lost,   // the Avahi daemon went away
  rejected,      // Avahi refused what it was asked for
  stopped,       // stop() was called
};

const boost::system::error_category& discovery_category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::discovery

template <>
struct boost::system::is_error_code_enum<hearth::discovery::errc> : std::true_type {};
