// Steps of starting a node that end it with words for a person when they fail.
#pragma once
#include "net/transport/credentials.hpp"
#include "node/app/data_folder.hpp"
#include "node/config/config.hpp"

namespace hearth::app {

/// The value, or start_failure: what could not be done, why, and what may help.
template <class T>
T take(result<T> value, const std::string& what, const std::string& hint = {}) {
  if (!value) throw start_failure(what, value.error(), hint);
  return std::move(*value);
}

inline void check(const result<void>& done, const std::string& what, const std::string& hint = {}) {
  if (!done) throw start_failure(what, done.error(), hint);
}

/// This node's key and the cluster's gate: the given secret, or one of its own.
std::shared_ptr<const transport::link_context> make_context(const config::node_config& config,
                                                            const data_folder& folder);

}  // namespace hearth::app
