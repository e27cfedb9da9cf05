// A command message taken apart. Internal to the session.
#pragma once
#include "media/rtmp/session.hpp"

namespace hearth::rtmp {

struct session::command {
  std::string name;
  double transaction = 0;
  std::uint32_t stream = 0;
  std::vector<amf0> values;  // all of them: name, transaction, command object, arguments

  /// The text of argument n (0 is the first after the command object); nothing when it is not one.
  const std::string* text(std::size_t n) const {
    return n + 3 < values.size() ? values[n + 3].text() : nullptr;
  }
  const amf0* object() const { return values.size() > 2 ? &values[2] : nullptr; }
};

}  // namespace hearth::rtmp
