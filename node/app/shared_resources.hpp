// What this node gives to other members over bulk links, and the policy for it: pieces of blobs
// of its own shared images and of videos that it said to have, and the HLS of its own streams.
//   blob    NAME: hexadecimal name        pieces  NAME: its piece list       hls  NAME:
//   ID/FILE?QUERY
#pragma once
#include <boost/asio/any_io_executor.hpp>

#include "node/images/images.hpp"
#include "node/peers/fetch_server.hpp"
#include "node/streams/streams.hpp"
#include "node/videos/videos.hpp"
#include "store/blobs/local_blob_store.hpp"

namespace hearth::app {

class shared_resources final : public peers::resource_source {
 public:
  shared_resources(boost::asio::any_io_executor core, boost::asio::any_io_executor worker,
                   images::images& images, videos::videos& videos, streams::streams& streams,
                   blobs::local_blob_store& blobs);

  awaitable<wire::fetch_response> serve(node_id peer, wire::fetch_request request) override;

 private:
  awaitable<wire::fetch_response> serve_blob(wire::fetch_request request, bool pieces);
  awaitable<wire::fetch_response> serve_hls(node_id peer, wire::fetch_request request);

  const boost::asio::any_io_executor core_;
  const boost::asio::any_io_executor worker_;
  images::images& images_;
  videos::videos& videos_;
  streams::streams& streams_;
  blobs::local_blob_store& blobs_;
};

}  // namespace hearth::app
