// Answers what other nodes ask for over bulk links: pieces of blobs, and live HLS. One request at a
// time on a link; the asker opens more links for more at once.
#pragma once
#include <memory>

#include "net/transport/link.hpp"
#include "net/wire/messages.hpp"

namespace hearth::peers {

/// What can be fetched: implemented by the composition root, which knows all domains and applies
/// the one policy. Called on the link's strand; must answer within its own deadline.
class resource_source {
 public:
  virtual ~resource_source() = default;
  virtual awaitable<wire::fetch_response> serve(node_id peer, wire::fetch_request request) = 0;
};

/// Serves one bulk link until it ends or is idle for two minutes.
awaitable<void> serve_bulk_link(std::shared_ptr<transport::link> link, resource_source& source);

}  // namespace hearth::peers
