#include "node/peers/fetch_client.hpp"

#include "store/base/run_on.hpp"

namespace hearth::peers {
namespace {

constexpr std::size_t most_links = 48;  // below what the other side allows: bulk_count
constexpr std::size_t most_idle = 16;
constexpr milliseconds dial_limit = std::chrono::seconds(5);
constexpr milliseconds send_limit = std::chrono::seconds(10);

error_code to_error(wire::fetch_status status) {
  switch (status) {
    case wire::fetch_status::ok:
      return {};
    case wire::fetch_status::not_found:
      return errc::not_there;
    case wire::fetch_status::refused:
      return errc::refused;
    case wire::fetch_status::busy:
      return errc::busy;
    case wire::fetch_status::failed:
      break;
  }
  return errc::broken_answer;
}

/// One question and its answer, on the link's own strand.
awaitable<result<wire::fetch_response>> converse(std::shared_ptr<transport::link> link,
                                                 wire::fetch_request request, milliseconds limit) {
  const auto id = request.id;
  auto sent = co_await link->send_when_room(wire::encode_frame(request), send_limit);
  if (!sent) co_return sent.error();
  auto frame = co_await link->receive_frame(limit);
  if (!frame) co_return frame.error();
  auto message = wire::decode_frame(*frame);
  if (!message) co_return message.error();
  auto* response = std::get_if<wire::fetch_response>(&*message);
  if (response == nullptr || response->id != id) co_return errc::broken_answer;
  co_return std::move(*response);
}

}  // namespace

fetch_client::fetch_client(boost::asio::any_io_executor io,
                           std::shared_ptr<const transport::link_context> context,
                           task_group& tasks, locator where)
    : io_(std::move(io)), context_(std::move(context)), tasks_(tasks), where_(std::move(where)) {}

/// Holds a place among a node's links, and gives the link back when all went well.
class fetch_client::lease {
 public:
  lease(fetch_client& client, const node_id& node) : client_(client), node_(node) {}
  ~lease() { client_.give_back(node_, std::move(good_)); }
  lease(const lease&) = delete;
  lease& operator=(const lease&) = delete;
  void keep(std::shared_ptr<transport::link> link) { good_ = std::move(link); }

 private:
  fetch_client& client_;
  const node_id node_;
  std::shared_ptr<transport::link> good_;
};

bool fetch_client::reserve(const node_id& node) {
  std::lock_guard lock(mutex_);
  auto& links = links_[node];
  if (closed_ || links.in_use >= most_links) return false;
  ++links.in_use;
  return true;
}

std::shared_ptr<transport::link> fetch_client::take_idle(const node_id& node) {
  std::lock_guard lock(mutex_);
  auto& idle = links_[node].idle;
  while (!idle.empty()) {
    auto link = std::move(idle.back());
    idle.pop_back();
    if (!link->closed() && link->age() < transport::longest_link_age) return link;
    link->close();
  }
  return nullptr;
}

void fetch_client::give_back(const node_id& node, std::shared_ptr<transport::link> link) {
  std::lock_guard lock(mutex_);
  auto& links = links_[node];
  --links.in_use;
  if (!link) return;
  if (closed_ || links.idle.size() >= most_idle) {
    link->close();
  } else {
    links.idle.push_back(std::move(link));
  }
}

void fetch_client::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  for (auto& [node, links] : links_) {
    for (auto& link : links.idle)
      link->close();
    links.idle.clear();
  }
}

awaitable<result<std::shared_ptr<transport::link>>> fetch_client::dial(node_id node,
                                                                       milliseconds limit) {
  const auto address = where_(node);
  if (!address) co_return errc::not_connected;
  transport::dial_target target;
  target.host = address->host;
  target.port = address->port;
  target.use = transport::purpose::bulk;
  target.expected = node;
  target.deadline = std::min(limit, dial_limit);
  co_return co_await transport::dial(io_, context_, tasks_, std::move(target));
}

awaitable<result<wire::fetch_response>> fetch_client::ask(std::shared_ptr<transport::link> link,
                                                          wire::fetch_request request,
                                                          milliseconds limit) {
  auto conversation = converse(link, std::move(request), limit);
  co_return co_await await_on(link->executor(), std::move(conversation));
}

awaitable<result<wire::fetch_response>> fetch_client::fetch(node_id from,
                                                            wire::fetch_request request,
                                                            milliseconds limit) {
  if (!reserve(from)) co_return errc::busy;
  lease held(*this, from);
  {
    std::lock_guard lock(mutex_);
    request.id = next_id_++;
  }
  for (auto link = take_idle(from);;) {
    const bool fresh = link == nullptr;
    if (fresh) {
      auto dialled = co_await dial(from, limit);
      if (!dialled) co_return dialled.error();
      link = std::move(*dialled);
    }
    auto response = co_await ask(link, request, limit);
    if (!response) {
      link->close();
      const bool was_dead = response.error() != hearth::errc::timed_out;
      link.reset();
      if (!fresh && was_dead) continue;
      co_return response.error();
    }
    held.keep(link);
    if (auto problem = to_error(response->status)) co_return problem;
    co_return std::move(*response);
  }
}

}  // namespace hearth::peers
