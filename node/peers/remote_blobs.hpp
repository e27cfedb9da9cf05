// Blobs that lie on other nodes: read from whichever node has them, piece by piece, each piece
// checked against the blob's name and kept, so that what is read twice crosses the network once.
// Thread-safe.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "node/http/ranged_source.hpp"
#include "node/peers/fetch_client.hpp"
#include "store/blobs/local_blob_store.hpp"

namespace hearth::peers {

class remote_blobs {
 public:
  /// Told (on any thread) when the last piece of a blob has arrived and it lies in the store.
  using completion = std::function<void(const blobs::blob_id&)>;

  remote_blobs(fetch_client& client, blobs::local_blob_store& store,
               boost::asio::any_io_executor worker, completion on_complete);
  ~remote_blobs();

  /// The blob, from here if it is here, else from these nodes in order. errc::not_connected and
  /// those of fetch when none of them gives it.
  awaitable<result<std::shared_ptr<http::ranged_source>>> open(blobs::blob_id id,
                                                               std::vector<node_id> holders);

  /// All of a small blob: hearth::errc::too_large above limit bytes.
  awaitable<result<bytes>> read_whole(blobs::blob_id id, std::vector<node_id> holders,
                                      std::size_t limit);

 private:
  class remote_source;
  struct transfer;

  awaitable<result<blobs::piece_list>> fetch_pieces(blobs::blob_id id, node_id from);
  awaitable<result<std::shared_ptr<transfer>>> begin(blobs::blob_id id,
                                                     std::vector<node_id> holders);
  std::shared_ptr<transfer> find(const blobs::blob_id& id);

  fetch_client& client_;
  blobs::local_blob_store& store_;
  const boost::asio::any_io_executor worker_;
  const completion on_complete_;
  std::mutex mutex_;
  std::map<blobs::blob_id, std::weak_ptr<transfer>> transfers_;
};

}  // namespace hearth::peers
