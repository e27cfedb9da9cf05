#include "node/peers/fetch_server.hpp"

namespace hearth::peers {
namespace {

constexpr milliseconds idle_limit = std::chrono::minutes(2);
constexpr milliseconds send_limit = std::chrono::seconds(30);

}  // namespace

bulk_place::bulk_place(bulk_count& count, const node_id& node) : count_(count), node_(node) {
  std::lock_guard lock(count_.mutex_);
  auto& links = count_.links_[node_];
  taken_ = links < bulk_count::most_of_a_node;
  if (taken_) ++links;
}

bulk_place::~bulk_place() {
  if (!taken_) return;
  std::lock_guard lock(count_.mutex_);
  const auto found = count_.links_.find(node_);
  if (--found->second == 0) count_.links_.erase(found);
}

awaitable<void> serve_bulk_link(std::shared_ptr<transport::link> link, resource_source& source) {
  while (!link->closed()) {
    auto frame = co_await link->receive_frame(idle_limit);
    if (!frame) break;
    auto message = wire::decode_frame(*frame);
    if (!message) break;
    auto* request = std::get_if<wire::fetch_request>(&*message);
    if (request == nullptr) continue;  // a newer peer's other business
    const auto id = request->id;
    auto response = co_await source.serve(link->peer(), std::move(*request));
    response.id = id;
    auto sent = co_await link->send_when_room(wire::encode_frame(response), send_limit);
    if (!sent) break;
  }
  link->close();
}

}  // namespace hearth::peers
