// How links come to be and what runs on each of them: the part of `peers` that waits on the
// network.
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include "net/transport/announcement.hpp"
#include "node/peers/peers.hpp"
#include "store/base/log.hpp"
#include "store/base/run_on.hpp"
#include "store/base/with_timeout.hpp"

namespace hearth::peers {
namespace {

constexpr milliseconds hello_limit = std::chrono::seconds(5);
constexpr milliseconds ping_period = std::chrono::seconds(5);
constexpr milliseconds silence_limit = std::chrono::seconds(15);
constexpr milliseconds first_retry{500};
constexpr milliseconds last_retry = std::chrono::seconds(5);
constexpr milliseconds check_period = std::chrono::seconds(1);
constexpr milliseconds tick_period{100};

}  // namespace

/// Addresses at which one node is looked for, for as long as the node runs or mDNS lists it.
struct peers::dial_job {
  std::string found_by;
  std::vector<peer_address> addresses;
  std::optional<node_id> node;  // who is expected, or has answered
  bool expects = false;         // only that node will do
  std::atomic<bool> over = false;
  bool linked = false;  // the last attempt led to a link
};

result<void> peers::start() {
  transport::listener_config config;
  config.address = options_.listen;
  config.port = options_.port;
  auto opened = transport::listener::open(
      with_.io, config, with_.context, tasks_,
      [this](std::shared_ptr<transport::link> link) { accept(std::move(link)); });
  if (!opened) return opened.error();
  listener_ = std::move(*opened);
  port_ = listener_->port();
  if (auto spawned = tasks_.spawn(with_.core, "ticker", ticker()); !spawned) return spawned;
  for (const auto& at : options_.fixed)
    add_fixed(at);
  for (const auto& at : kept_)
    add_fixed(at);
  if (!options_.discovery) return {};
  discovery::config around;
  around.self = with_.context->key.id();
  around.port = port();
  around.announcement = transport::seal_announcement(
      with_.context->gates->newest(), {around.self, options_.node_name}, with_.random);
  around.open =
      [gates = with_.context->gates](std::string_view text) -> std::optional<discovery::neighbour> {
    auto opened_text = transport::open_announcement(*gates, text);
    if (!opened_text) return std::nullopt;
    return discovery::neighbour{opened_text->node, opened_text->name};
  };
  discovery_ = discovery::lan_discovery::start(
      with_.core, std::move(around), [this](discovery::event event) { take_discovery(event); });
  return {};
}

discovery::status peers::discovery_status() const {
  return discovery_ ? discovery_->state() : discovery::status{};
}

void peers::accept(std::shared_ptr<transport::link> link) {
  const auto executor = link->executor();
  auto task = link->use() == transport::purpose::bulk ? serve_bulk(link) : take_control(link);
  if (!tasks_.spawn(executor, "link", std::move(task))) link->close();
}

awaitable<void> peers::take_control(std::shared_ptr<transport::link> link) {
  const auto why = co_await control(link, "incoming", {});
  if (why) log::debug("peers", "a link from " + link->peer().words() + " ended: " + why.message());
}

awaitable<void> peers::serve_bulk(std::shared_ptr<transport::link> link) {
  const bulk_place place(bulk_links_, link->peer());
  if (!place) {
    log::warn("peers", "node " + link->peer().words() + " has too many bulk links at once");
    link->close();
    co_return;
  }
  co_await serve_bulk_link(link, with_.resources);
}

void peers::add_fixed(const peer_address& at) {
  if (!dialled_.insert(at).second) return;
  auto job = std::make_shared<dial_job>();
  job->found_by = "fixed";
  job->addresses = {at};
  table_.note_place(at, {{}, "fixed", ""});
  spawn_dial(std::move(job));
}

void peers::spawn_dial(std::shared_ptr<dial_job> job) {
  if (down_) return;
  const auto strand = boost::asio::make_strand(with_.io);
  if (auto spawned = tasks_.spawn(strand, "dial", dial_loop(std::move(job))); !spawned) {
    log::error("peers", "too many addresses are dialled at once");
  }
}

void peers::take_discovery(const discovery::event& event) {
  if (down_) return;
  const auto& id = event.who.node;
  if (const auto job = found_.find(id); job != found_.end()) {
    job->second->over = true;
    found_.erase(job);
  }
  if (event.what != discovery::event::kind::lost && !event.addresses.empty()) {
    auto job = std::make_shared<dial_job>();
    job->found_by = "mdns";
    for (const auto& each : event.addresses)
      job->addresses.push_back({each.host, each.port});
    job->node = id;
    job->expects = true;
    table_.note_found(id, event.who.name, job->addresses.front());
    found_[id] = job;
    spawn_dial(std::move(job));
  }
  on_change_({"peers", id.text(), "updated"});
}

awaitable<void> peers::dial_loop(std::shared_ptr<dial_job> job) {
  auto pause = first_retry;
  while (!job->over) {
    if (job->node && table_.is_linked(*job->node)) {
      pause = first_retry;
      co_await sleep_for(check_period);
      continue;
    }
    job->linked = false;
    for (const auto& at : job->addresses) {
      co_await dial_once(job, at);
      if (job->linked) break;
    }
    pause = job->linked ? first_retry : std::min(pause * 2, last_retry);
    const auto jitter = milliseconds(with_.random.u64() % 250);
    co_await sleep_for(pause + jitter);
  }
}

awaitable<void> peers::dial_once(std::shared_ptr<dial_job> job, peer_address at) {
  transport::dial_target target;
  target.host = at.host;
  target.port = at.port;
  if (job->expects) target.expected = job->node;
  auto link = co_await transport::dial(with_.io, with_.context, tasks_, std::move(target));
  if (!link) {
    auto note = [this, job, at, why = link.error().message()] {
      if (job->expects)
        table_.set_why(*job->node, why);
      else
        table_.note_place(at, {job->node, job->found_by, why});
      on_change_({"peers", "", "updated"});
    };
    co_await run_on(with_.core, std::move(note));
    co_return;
  }
  job->node = (*link)->peer();
  auto note = [this, job, at] {
    if (!job->expects) table_.note_place(at, {job->node, job->found_by, ""});
  };
  co_await run_on(with_.core, std::move(note));
  auto session = control(*link, job->found_by, at);
  const auto why = co_await await_on((*link)->executor(), std::move(session));
  job->linked = !why;
  if (!why) co_return;
  auto tell = [this, job, words = why.message()] { table_.set_why(*job->node, words); };
  co_await run_on(with_.core, std::move(tell));
}

awaitable<result<wire::hello>> peers::exchange_hello(std::shared_ptr<transport::link> link) {
  wire::hello ours;
  ours.node_name = options_.node_name;
  ours.version = HEARTH_VERSION;
  ours.capabilities = {"listen:" + std::to_string(port())};
  if (auto sent = link->send(wire::encode_frame(ours)); !sent) co_return sent.error();
  auto frame = co_await link->receive_frame(hello_limit);
  if (!frame) co_return frame.error();
  auto message = wire::decode_frame(*frame);
  if (!message) co_return message.error();
  auto* theirs = std::get_if<wire::hello>(&*message);
  if (theirs == nullptr) co_return wire::errc::malformed;
  if (auto version = wire::common_protocol(ours, *theirs); !version) co_return version.error();
  co_return std::move(*theirs);
}

awaitable<error_code> peers::control(std::shared_ptr<transport::link> link, std::string found_by,
                                     std::optional<peer_address> dialled) {
  auto theirs = co_await exchange_hello(link);
  if (!theirs) {
    link->close(theirs.error());
    co_return theirs.error();
  }
  auto begin = [this, link, hello = std::move(*theirs), found_by, dialled] {
    return link_up(link, hello, found_by, dialled);
  };
  const bool adopted = co_await run_on(with_.core, std::move(begin));
  if (!adopted) {  // there is a link with this node already
    link->close();
    co_return error_code();
  }
  error_code why;
  if (auto pinging = tasks_.spawn(link->executor(), "ping", ping_loop(link)); !pinging) {
    why = pinging.error();
  } else {
    why = co_await read_loop(link);
  }
  link->close(why);
  auto end = [this, link, text = why.message()] { link_down(link, text); };
  co_await run_on(with_.core, std::move(end));
  co_return error_code();
}

awaitable<error_code> peers::read_loop(std::shared_ptr<transport::link> link) {
  while (true) {
    auto frame = co_await link->receive_frame(silence_limit);
    if (!frame) co_return link->closed() ? link->reason() : frame.error();
    auto message = wire::decode_frame(*frame);
    if (!message) co_return message.error();
    if (const auto* ping = std::get_if<wire::ping>(&*message)) {
      if (auto sent = link->send(wire::encode_frame(wire::pong{ping->nonce})); !sent) {
        co_return sent.error();
      }
      continue;
    }
    if (std::get_if<wire::bye>(&*message) != nullptr) co_return transport::errc::closed;
    auto work = [this, link, content = std::move(*message)]() mutable {
      if (const auto* pong = std::get_if<wire::pong>(&content)) {
        const auto sent_at = milliseconds(static_cast<std::int64_t>(pong->nonce));
        table_.set_rtt(link->peer(), with_.time.steady() - sent_at);
      } else {
        handle(link, std::move(content));
      }
    };
    co_await run_on(with_.core, std::move(work));
  }
}

awaitable<void> peers::ping_loop(std::shared_ptr<transport::link> link) {
  while (!link->closed() && link->age() < transport::longest_link_age) {
    const auto now = static_cast<std::uint64_t>(with_.time.steady().count());
    if (!link->send(wire::encode_frame(wire::ping{now}))) break;
    co_await sleep_for(ping_period);
  }
  link->close();  // too old: a new handshake follows
}

awaitable<void> peers::ticker() {
  while (!down_) {
    tick();
    co_await sleep_for(tick_period);
  }
}

}  // namespace hearth::peers
