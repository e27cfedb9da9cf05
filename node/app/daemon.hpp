// The composition root: builds every service in the order of its dependencies, connects them, and
// takes them down in reverse. run() returns after SIGTERM or SIGINT.
#pragma once
#include <memory>

#include "node/config/config.hpp"

namespace hearth::app {

class daemon {
 public:
  /// Throws start_failure when something can't be opened or listened on.
  explicit daemon(config::node_config config);
  ~daemon();
  daemon(const daemon&) = delete;
  daemon& operator=(const daemon&) = delete;

  /// Where the page is, e.g. "http://127.0.0.1:8480/".
  const std::string& page_address() const;

  /// Serves until a signal asks to stop, then stops within five seconds.
  void run();

 private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

}  // namespace hearth::app
