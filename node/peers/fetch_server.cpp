#include "node/peers/fetch_server.hpp"

namespace hearth::peers {
namespace {

constexpr milliseconds idle_limit = std::chrono::minutes(2);
constexpr milliseconds send_limit = std::chrono::seconds(30);

}  // namespace

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
