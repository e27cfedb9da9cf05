#include "node/peers/peers.hpp"

#include <algorithm>

#include "net/wire/presence.hpp"
#include "store/base/log.hpp"

namespace hearth::peers {
namespace {

constexpr std::size_t most_tasks = 4096;
constexpr std::size_t most_history = 1000;
constexpr milliseconds presence_lifetime = std::chrono::seconds(10);
constexpr milliseconds presence_period = std::chrono::seconds(2);
constexpr std::string_view presence_kind = "live";

}  // namespace

peers::peers(parts with, peer_options options, presence_hooks presence,
             journal::change_listener on_change)
    : with_(with),
      options_(std::move(options)),
      presence_(std::move(presence)),
      on_change_(std::move(on_change)),
      tasks_("peers", most_tasks),
      table_(with_.context->key.id()),
      entries_(with_.store),
      gossip_(entries_, with_.random),
      fetcher_(with_.io, with_.context, tasks_,
               [this](const node_id& node) { return table_.locate(node); }) {
  with_.journal.set_view(journal::kind::peer_address, [this](const journal::operation& origin) {
    if (origin.where != journal::space::local) return;
    if (auto at = peer_address::parse(as_text(origin.payload))) kept_.insert(*at);
  });
  with_.journal.on_shared_write([this] {
    gossip_.appended(with_.time.steady());
    drain();
  });
}

peers::~peers() {
  with_.journal.on_shared_write({});
}

std::vector<peer_facts> peers::list() const {
  auto out = table_.facts();
  const auto standings = gossip_.status();
  for (auto& each : out) {
    const auto standing =
        std::find_if(standings.begin(), standings.end(),
                     [&each](const gossip::peer_status& one) { return one.peer == each.id; });
    if (standing == standings.end()) continue;
    each.behind = standing->they_lack + standing->we_lack;
    if (each.state == peer_state::connected) each.why = standing->why;
  }
  return out;
}

result<void> peers::keep_fixed(const peer_address& at) {
  if (kept_.contains(at)) return {};
  const auto text = at.text();
  const auto payload = as_bytes(text);
  auto written = with_.journal.write(journal::space::local, journal::kind::peer_address,
                                     bytes(payload.begin(), payload.end()));
  if (!written) return written.error();
  add_fixed(at);
  return {};
}

std::string peers::name_of(const node_id& node) const {
  return node == with_.context->key.id() ? options_.node_name : table_.name_of(node);
}

bool peers::link_up(const std::shared_ptr<transport::link>& link, const wire::hello& theirs,
                    const std::string& found_by, std::optional<peer_address> dialled) {
  if (down_) return false;
  if (!dialled) {
    for (const auto& capability : theirs.capabilities) {
      if (!capability.starts_with("listen:")) continue;
      const auto host = link->remote_address().address().to_string();
      const bool ipv6 = link->remote_address().address().is_v6();
      auto at = peer_address::parse((ipv6 ? "[" + host + "]" : host) + capability.substr(6));
      if (at) dialled = *at;
    }
  }
  const auto previous = table_.link_of(link->peer());
  if (!table_.adopt(link, theirs.node_name, found_by, dialled)) return false;
  const auto now = with_.time.steady();
  if (previous) gossip_.link_down(link->peer(), now);
  gossip_.link_up(link->peer(), now);
  drain();
  log::info("peers",
            "linked with " + log::printable(theirs.node_name) + " (" + link->peer().words() + ")");
  on_change_({"peers", link->peer().text(), "updated"});
  on_change_({"status", "", "updated"});
  presence_due_ = milliseconds(0);
  return true;
}

void peers::link_down(const std::shared_ptr<transport::link>& link, const std::string& why) {
  if (!table_.drop(link, why)) return;
  gossip_.link_down(link->peer(), with_.time.steady());
  presence_.forget(link->peer());
  log::info("peers",
            "the link with " + log::printable(table_.name_of(link->peer())) + " is gone: " + why);
  on_change_({"peers", link->peer().text(), "updated"});
  on_change_({"status", "", "updated"});
}

void peers::handle(const std::shared_ptr<transport::link>& link, wire::message content) {
  if (table_.link_of(link->peer()) != link) return;  // replaced meanwhile
  if (const auto* presence = std::get_if<wire::presence>(&content)) {
    take_presence(link->peer(), *presence);
    return;
  }
  gossip_.receive(link->peer(), std::move(content), with_.time.steady());
  drain();
}

void peers::take_presence(const node_id& from, const wire::presence& content) {
  // The link is authenticated; the signature is what will let others pass it on.
  if (content.node != from || content.kind != presence_kind) return;
  const auto checked = wire::check_presence(content, with_.time.wall());
  if (!checked && checked.error() != wire::errc::expired) return;
  presence_.take_body(from, content.body, milliseconds(content.lifetime_ms));
}

void peers::drain() {
  for (auto& event : gossip_.take_events())
    take_event(std::move(event));
  for (auto& each : gossip_.take_outbox()) {
    const auto link = table_.link_of(each.peer);
    if (!link) continue;
    if (auto sent = link->send(wire::encode_frame(each.content)); !sent) {
      link->close(sent.error());  // it takes less than it asks for: it starts again
    }
  }
}

void peers::take_event(gossip::event event) {
  if (auto* arrived = std::get_if<gossip::entries_arrived>(&event)) {
    sync_event each{with_.time.wall(), arrived->from, arrived->entries.size(), 0};
    for (const auto& entry : arrived->entries)
      each.bytes += entry.cost();
    history_.push_back(each);
    if (history_.size() > most_history) history_.pop_front();
    with_.journal.take_in(arrived->entries);
    on_change_({"peers", arrived->from.text(), "updated"});
  } else if (const auto* bad = std::get_if<gossip::peer_misbehaved>(&event)) {
    log::error("peers", "node " + bad->peer.words() + " broke the rules: " + bad->why.message());
    if (const auto link = table_.link_of(bad->peer)) link->close(bad->why);
  } else if (const auto* frozen = std::get_if<gossip::log_frozen>(&event)) {
    log::error("peers", "two histories were signed under one number in log " +
                            frozen->log.log.text() + ": it takes nothing more");
  } else if (const auto* failed = std::get_if<gossip::store_failed>(&event)) {
    log::error("peers", "what peers sent could not be stored: " + failed->why.message());
  } else if (std::get_if<gossip::own_log_restored>(&event) != nullptr) {
    log::warn("peers", "this node was restored from an older copy; it goes on in a new log");
  }
}

void peers::send_presence() {
  presence_due_ = with_.time.steady() + presence_period;
  const auto links = table_.links();
  if (links.empty() || down_) return;
  const auto frame = wire::encode_frame(
      wire::make_presence(with_.context->key, with_.time.wall(), presence_lifetime,
                          std::string(presence_kind), presence_.make_body()));
  for (const auto& link : links) {
    if (auto sent = link->send(frame); !sent) link->close(sent.error());
  }
}

void peers::tick() {
  if (down_) return;
  const auto now = with_.time.steady();
  gossip_.tick(now);
  drain();
  if (now >= presence_due_) send_presence();
}

void peers::shut_down() {
  down_ = true;
  if (listener_) listener_->stop();
  fetcher_.close();
  for (const auto& link : table_.links()) {
    // Best effort: the link's end says the same.
    (void)link->send(wire::encode_frame(wire::bye{"shutting down"}));
  }
  tasks_.cancel();
}

awaitable<result<void>> peers::join(milliseconds limit) {
  co_return co_await tasks_.join(limit);
}

}  // namespace hearth::peers
