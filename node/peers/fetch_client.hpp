// Fetches from other nodes over bulk links, which are kept for a while and used again. Thread-safe.
// Limits: 48 links a node, 16 of them kept idle; every fetch has a deadline.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "net/transport/dial.hpp"
#include "net/wire/messages.hpp"
#include "node/peers/address.hpp"

namespace hearth::peers {

class fetch_client {
 public:
  /// Where a connected node can be dialled; nothing when it is not connected. Any thread.
  using locator = std::function<std::optional<peer_address>(const node_id&)>;

  fetch_client(boost::asio::any_io_executor io,
               std::shared_ptr<const transport::link_context> context, task_group& tasks,
               locator where);

  /// errc::not_connected, not_there, refused, busy, broken_answer, and those of the transport. A
  /// link that was kept and turns out dead is replaced once.
  awaitable<result<wire::fetch_response>> fetch(node_id from, wire::fetch_request request,
                                                milliseconds limit);

  /// Closes all idle links.
  void close();

 private:
  struct node_links {
    std::vector<std::shared_ptr<transport::link>> idle;
    std::size_t in_use = 0;
  };
  class lease;

  std::shared_ptr<transport::link> take_idle(const node_id& node);
  bool reserve(const node_id& node);
  void give_back(const node_id& node, std::shared_ptr<transport::link> link);
  awaitable<result<std::shared_ptr<transport::link>>> dial(node_id node, milliseconds limit);
  awaitable<result<wire::fetch_response>> ask(std::shared_ptr<transport::link> link,
                                              wire::fetch_request request, milliseconds limit);

  const boost::asio::any_io_executor io_;
  const std::shared_ptr<const transport::link_context> context_;
  task_group& tasks_;
  const locator where_;
  std::mutex mutex_;
  std::map<node_id, node_links> links_;
  bool closed_ = false;
  std::uint64_t next_id_ = 1;
};

}  // namespace hearth::peers
