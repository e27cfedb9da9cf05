// Errors of node/app: why a node does not start.
#pragma once
#include <stdexcept>
#include <string>

#include "store/base/errc.hpp"

namespace hearth::app {

enum class errc {
  bad_identity = 1,  // the file with the node's key is not one
};

const boost::system::error_category& app_category();
boost::system::error_code make_error_code(errc value);

/// Why the node does not start, in words for a person; caught in main.
class start_failure : public std::runtime_error {
 public:
  start_failure(const std::string& what, error_code why, const std::string& hint)
      : std::runtime_error(what + ": " + why.message() + (hint.empty() ? "" : " (" + hint + ")")) {}
};

}  // namespace hearth::app

template <>
struct boost::system::is_error_code_enum<hearth::app::errc> : std::true_type {};
