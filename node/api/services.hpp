// What the API's handlers work with: the domains, and the threads that they may be called on. Built
// by the composition root; everything named here outlives the HTTP server.
#pragma once
#include <boost/asio/any_io_executor.hpp>

#include "media/sandbox/worker_pool.hpp"
#include "node/config/config.hpp"
#include "node/http/events.hpp"
#include "node/images/images.hpp"
#include "node/notes/notes.hpp"
#include "node/peers/peers.hpp"
#include "node/peers/remote_blobs.hpp"
#include "node/peers/remote_hls.hpp"
#include "node/streams/streams.hpp"
#include "node/videos/videos.hpp"
#include "store/base/run_on.hpp"
#include "store/blobs/local_blob_store.hpp"
#include "store/blobs/unneeded_blobs.hpp"

namespace hearth::api {

struct services {
  boost::asio::any_io_executor core;    // the strand of all domains
  boost::asio::any_io_executor worker;  // for what blocks: files
  const config::node_config& config;
  node_id self;
  const clock& time;
  milliseconds started;  // steady
  std::uint16_t rtmp_port;

  notes::notes& notes;
  streams::streams& streams;
  images::images& images;
  videos::videos& videos;
  peers::peers& peers;
  peers::remote_blobs& remote_blobs;
  peers::remote_hls& remote_hls;
  blobs::local_blob_store& blobs;
  sandbox::worker_pool& workers;
  http::event_hub& events;
  std::shared_ptr<blobs::unneeded_blobs> unneeded;
};

}  // namespace hearth::api
