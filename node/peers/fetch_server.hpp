// Answers what other nodes ask for over bulk links: pieces of blobs, and live HLS. One request at a
// time on a link; the asker opens more links for more at once.
#pragma once
#include <map>
#include <memory>
#include <mutex>

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

/// How many bulk links each node has opened here; thread-safe.
class bulk_count {
 public:
  static constexpr std::size_t most_of_a_node = 64;

 private:
  friend class bulk_place;
  std::mutex mutex_;
  std::map<node_id, std::size_t> links_;
};

/// One of a node's places for bulk links, for as long as it lives; false when there was none.
class bulk_place {
 public:
  bulk_place(bulk_count& count, const node_id& node);
  ~bulk_place();
  bulk_place(const bulk_place&) = delete;
  bulk_place& operator=(const bulk_place&) = delete;
  explicit operator bool() const { return taken_; }

 private:
  bulk_count& count_;
  const node_id node_;
  bool taken_ = false;
};

/// Serves one bulk link until it ends or is idle for two minutes.
awaitable<void> serve_bulk_link(std::shared_ptr<transport::link> link, resource_source& source);

}  // namespace hearth::peers
