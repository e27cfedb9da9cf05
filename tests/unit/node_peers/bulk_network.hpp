// One node that asks and others that answer over real bulk links on the loopback interface.
#pragma once
#include <map>

#include "network.hpp"
#include "node/peers/fetch_client.hpp"
#include "node/peers/fetch_server.hpp"

namespace hearth::peers_test {

using namespace hearth::peers;
using transport_test::link_ptr;

/// Answers as a test says, and keeps count.
struct scripted_source : resource_source {
  awaitable<wire::fetch_response> serve(node_id, wire::fetch_request request) override {
    asked.push_back(request);
    if (pause.count() > 0) co_await sleep_for(pause);
    wire::fetch_response out;
    out.status = status;
    const auto found = things.find(request.kind + " " + request.name);
    if (status == wire::fetch_status::ok && found == things.end()) {
      out.status = wire::fetch_status::not_found;
    }
    if (out.status != wire::fetch_status::ok) co_return out;
    const auto& whole = found->second;
    out.total = total ? *total : whole.size();
    const auto from = std::min<std::size_t>(request.offset, whole.size());
    const auto count = std::min<std::size_t>(request.length, whole.size() - from);
    const auto begin = whole.begin() + static_cast<std::ptrdiff_t>(from);
    out.body.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
    co_return out;
  }

  std::size_t asked_for(const std::string& kind) const {
    return static_cast<std::size_t>(std::count_if(
        asked.begin(), asked.end(), [&kind](const auto& each) { return each.kind == kind; }));
  }

  std::map<std::string, bytes> things;  // by "KIND NAME"
  wire::fetch_status status = wire::fetch_status::ok;
  std::optional<std::uint64_t> total;  // a lie about the size
  milliseconds pause{};
  std::vector<wire::fetch_request> asked;
};

struct bulk_server {
  std::shared_ptr<transport::link_context> context = transport_test::make_node();
  scripted_source source;
  std::shared_ptr<transport::listener> door;
  std::vector<link_ptr> links;
  node_id id() const { return context->key.id(); }
};

struct bulk_network : transport_test::network {
  ~bulk_network() {
    fetcher.close();
    for (auto& each : servers) {
      if (each->door) each->door->stop();
      for (auto& link : each->links)
        link->close();
    }
    tasks.cancel();
    io.restart();
    io.run_for(std::chrono::seconds(2));
  }

  bulk_server& add_server() {
    servers.push_back(std::make_unique<bulk_server>());
    auto& made = *servers.back();
    auto serve = [this, &made](link_ptr link) {
      made.links.push_back(link);
      (void)tasks.spawn(link->executor(), "serve", serve_bulk_link(link, made.source));
    };
    made.door =
        transport::listener::open(io.get_executor(), config, made.context, tasks, serve).value();
    return made;
  }

  std::optional<peer_address> locate(const node_id& node) const {
    for (const auto& each : servers) {
      if (each->id() == node) return peer_address{"127.0.0.1", each->door->port()};
    }
    return std::nullopt;
  }

  result<wire::fetch_response> fetch(const node_id& from, const std::string& name,
                                     milliseconds limit = transport_test::soon) {
    wire::fetch_request request;
    request.kind = "thing";
    request.name = name;
    request.length = 1000;
    return run(fetcher.fetch(from, std::move(request), limit));
  }

  std::vector<std::unique_ptr<bulk_server>> servers;
  fetch_client fetcher{io.get_executor(), client, tasks,
                       [this](const node_id& node) { return locate(node); }};
};

}  // namespace hearth::peers_test
