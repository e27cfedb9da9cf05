// Live HLS of streams on other nodes. However many people watch here, each playlist, part and
// segment crosses the network once: requests for what is on its way wait for it, and what has come
// is kept for as long as players may ask. Thread-safe.
#pragma once
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <map>
#include <memory>
#include <string>

#include "node/peers/fetch_client.hpp"
#include "store/base/clock.hpp"

namespace hearth::peers {

struct hls_answer {
  std::shared_ptr<const bytes> body;
  bool playlist = false;
};

class remote_hls {
 public:
  remote_hls(fetch_client& client, boost::asio::any_io_executor io, const clock& time,
             std::size_t most_kept_bytes);

  /// name: what stands behind /static/streams/, with its query. The errors of fetch_client.
  awaitable<result<hls_answer>> get(node_id owner, std::string name);

 private:
  struct item;

  awaitable<result<hls_answer>> get_here(node_id owner, std::string name);
  awaitable<result<std::shared_ptr<const bytes>>> fetch_all(node_id owner, std::string name);
  void trim();

  fetch_client& client_;
  const boost::asio::strand<boost::asio::any_io_executor> strand_;
  const clock& clock_;
  const std::size_t most_kept_bytes_;
  std::map<std::string, std::shared_ptr<item>> items_;  // on strand_
  std::size_t kept_bytes_ = 0;
};

}  // namespace hearth::peers
