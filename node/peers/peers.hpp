// The node among others: links to members, gossip over them, live status, and what is fetched in
// bulk.
//
// Links are made by dialling fixed addresses and members that mDNS found, and by accepting. Each is
// watched (ping every 5 s, dead after 15 s of silence) and made again with backoff. Gossip runs on
// the core strand, links on strands of their own.
#pragma once
#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "net/discovery/lan_discovery.hpp"
#include "net/gossip/gossip_core.hpp"
#include "net/gossip/shared_entries.hpp"
#include "net/transport/listener.hpp"
#include "node/journal/journal.hpp"
#include "node/peers/fetch_client.hpp"
#include "node/peers/fetch_server.hpp"
#include "node/peers/peer_table.hpp"

namespace hearth::peers {

struct peer_options {
  std::string node_name;
  std::string listen = "0.0.0.0";
  std::uint16_t port = 8481;
  bool discovery = true;
  std::vector<peer_address> fixed;
};

/// What came from which node, and when.
struct sync_event {
  milliseconds time{};  // wall clock
  node_id from;
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;
};

/// What is told to linked peers every two seconds, and what they tell; see wire/presence.hpp.
struct presence_hooks {
  std::function<bytes()> make_body;
  std::function<void(const node_id& from, byte_view body, milliseconds lifetime)> take_body;
  std::function<void(const node_id& gone)> forget;
};

class peers {
 public:
  struct parts {
    boost::asio::any_io_executor io;
    boost::asio::any_io_executor core;
    std::shared_ptr<const transport::link_context> context;
    logs::shared_log_store& store;
    journal::journal& journal;
    resource_source& resources;
    random_source& random;
    const clock& time;
  };

  peers(parts with, peer_options options, presence_hooks presence,
        journal::change_listener on_change);
  ~peers();

  /// Listens, dials and looks around from now on. Errors of the listener (port taken).
  result<void> start();
  /// Core strand: no more news in or out; then the links are closed.
  void shut_down();
  /// Waits for every task of the links to end.
  awaitable<result<void>> join(milliseconds limit);

  std::uint16_t port() const { return port_; }
  fetch_client& fetcher() { return fetcher_; }
  /// Any thread.
  std::string name_of(const node_id& node) const;
  bool is_linked(const node_id& node) const { return table_.is_linked(node); }

  // Core strand.
  std::vector<peer_facts> list() const;
  std::size_t connected() const { return table_.connected(); }
  /// Dials this address from now on, also after a restart. Errors of the log.
  result<void> keep_fixed(const peer_address& at);
  const std::deque<sync_event>& history() const { return history_; }
  /// Whether mDNS works. Any thread.
  discovery::status discovery_status() const;
  bool discovers() const { return discovery_ != nullptr; }
  /// Says goodbye to the LAN. Blocks, for long when D-Bus hangs: not on a strand.
  void stop_discovery() {
    if (discovery_) discovery_->stop();
  }
  /// Tells linked peers the present live status at once.
  void send_presence();

 private:
  struct dial_job;

  void add_fixed(const peer_address& at);
  void accept(std::shared_ptr<transport::link> link);
  void spawn_dial(std::shared_ptr<dial_job> job);
  awaitable<void> dial_loop(std::shared_ptr<dial_job> job);
  awaitable<void> dial_once(std::shared_ptr<dial_job> job, peer_address at);
  awaitable<void> take_control(std::shared_ptr<transport::link> link);
  awaitable<void> serve_bulk(std::shared_ptr<transport::link> link);
  /// Why it came to nothing; no error after a session, or when there is a link already.
  awaitable<error_code> control(std::shared_ptr<transport::link> link, std::string found_by,
                                std::optional<peer_address> dialled);
  awaitable<result<wire::hello>> exchange_hello(std::shared_ptr<transport::link> link);
  awaitable<error_code> read_loop(std::shared_ptr<transport::link> link);
  awaitable<void> ping_loop(std::shared_ptr<transport::link> link);
  awaitable<void> ticker();

  // Core strand.
  bool link_up(const std::shared_ptr<transport::link>& link, const wire::hello& theirs,
               const std::string& found_by, std::optional<peer_address> dialled);
  void link_down(const std::shared_ptr<transport::link>& link, const std::string& why);
  void handle(const std::shared_ptr<transport::link>& link, wire::message content);
  void take_presence(const node_id& from, const wire::presence& content);
  void drain();
  void take_event(gossip::event event);
  void take_discovery(const discovery::event& event);
  void tick();

  parts with_;
  const peer_options options_;
  const presence_hooks presence_;
  const journal::change_listener on_change_;
  task_group tasks_;
  peer_table table_;
  gossip::shared_entries entries_;
  gossip::gossip_core gossip_;
  fetch_client fetcher_;
  bulk_count bulk_links_;
  std::shared_ptr<transport::listener> listener_;
  std::atomic<std::uint16_t> port_ = 0;
  std::unique_ptr<discovery::lan_discovery> discovery_;
  std::map<node_id, std::shared_ptr<dial_job>> found_;
  std::set<peer_address> kept_;     // fixed addresses that a person added
  std::set<peer_address> dialled_;  // fixed addresses in work
  std::deque<sync_event> history_;
  milliseconds presence_due_{0};
  std::atomic<bool> down_ = false;
};

}  // namespace hearth::peers
