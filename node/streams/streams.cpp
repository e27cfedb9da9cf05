#include "node/streams/streams.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "store/base/log.hpp"
#include "store/base/uuid.hpp"

namespace hearth::streams {

struct streams::lifeline {
  streams* service;
};

streams::streams(journal::journal& journal, boost::asio::any_io_executor core,
                 random_source& random, const clock& time, stream_limits limits,
                 journal::change_listener on_change)
    : journal_(journal),
      core_(std::move(core)),
      random_(random),
      clock_(time),
      limits_(limits),
      on_change_(std::move(on_change)),
      lifeline_(std::make_shared<lifeline>(lifeline{this})) {
  journal_.set_view(journal::kind::stream,
                    [this](const journal::operation& origin) { apply(origin); });
  journal_.set_view(journal::kind::stream_secret, [this](const journal::operation& origin) {
    if (origin.where == journal::space::local) catalogue_.apply_secret(origin);
  });
}

streams::~streams() {
  lifeline_->service = nullptr;
}

void streams::apply(const journal::operation& origin) {
  if (origin.where != journal::space::shared) return;
  const auto id = catalogue_.apply(origin);
  if (id.empty()) return;
  const bool there = catalogue_.find(id).has_value();
  if (announcing_) on_change_({"streams", id, there ? "updated" : "deleted"});
}

result<const stream_entry*> streams::find(std::string_view id_or_key) const {
  if (auto by_id = catalogue_.find(id_or_key)) return by_id;
  return catalogue_.find(catalogue_.id_of_key(std::string(id_or_key)));
}

result<const stream_entry*> streams::find_own(std::string_view id_or_key) const {
  auto entry = find(id_or_key);
  if (entry && (*entry)->owner != journal_.self()) return errc::not_own;
  return entry;
}

result<void> streams::write(stream_operation operation) {
  auto written =
      journal_.write(journal::space::shared, journal::kind::stream, encode_operation(operation));
  if (!written) return written.error();
  return {};
}

result<void> streams::write_secret(const stream_secret& secret) {
  auto written =
      journal_.write(journal::space::local, journal::kind::stream_secret, encode_secret(secret));
  if (!written) return written.error();
  return {};
}

/// Kept on the disk: who was shut out stays so after a restart.
result<void> streams::set_stopped(const std::string& id, bool stopped) {
  if (catalogue_.is_stopped(id) == stopped) return {};
  return write_secret({1, id, catalogue_.key_of(id), stopped});
}

result<stream_facts> streams::create(const stream_form& form) {
  if (!good_form(form)) return errc::bad_field;
  const auto id = make_owned_uuid(random_, journal_.self().key);
  const stream_secret secret{1, id, make_uuid(random_), false};
  // The key first: a stream without a key would be of no use, a key without a stream opens nothing.
  if (auto kept = write_secret(secret); !kept) return kept.error();
  stream_operation operation;
  operation.stream_id = id;
  operation.form = form;
  if (auto done = write(std::move(operation)); !done) return done.error();
  return get(id);
}

result<stream_facts> streams::get(std::string_view id_or_key) const {
  auto entry = find(id_or_key);
  if (!entry) return entry.error();
  return facts_of(**entry);
}

std::vector<stream_facts> streams::list(bool all_nodes) const {
  std::vector<stream_facts> out;
  for (const auto* entry : catalogue_.all()) {
    if (all_nodes || entry->owner == journal_.self()) out.push_back(facts_of(*entry));
  }
  return out;
}

stream_facts streams::facts_of(const stream_entry& entry) const {
  stream_facts out;
  out.id = entry.id;
  out.owner = entry.owner;
  out.own = entry.owner == journal_.self();
  out.form = entry.form.value;
  out.created = entry.created.time();
  if (entry.ending.value) {
    out.live.state = entry.ending.value->failed ? live_state::error : live_state::ended;
    out.live.reason = entry.ending.value->reason;
  }
  if (!out.own) {
    add_remote_facts(out);
    return out;
  }
  out.key = catalogue_.key_of(entry.id);
  out.stopped = catalogue_.is_stopped(entry.id);
  if (const auto live = find_live(entry.id)) {
    auto facts = live->facts();
    if (facts.state != live_state::waiting)
      out.live = std::move(facts);
    else
      out.live.viewers = facts.viewers;
    out.video_codec = live::codec_name(out.live.figures.video);
    out.audio_codec = live::codec_name(out.live.figures.audio);
  }
  return out;
}

void streams::add_remote_facts(stream_facts& facts) const {
  facts.reachable = reachable(facts.owner);
  const auto found = remote_.find(facts.owner);
  if (!facts.reachable || found == remote_.end()) return;
  for (const auto& each : found->second.report.streams) {
    if (each.stream_id != facts.id) continue;
    facts.live.state = live_state::live;
    facts.live.reason.clear();
    facts.live.started = milliseconds(each.started_ms);
    facts.live.uptime = std::max(milliseconds(0), clock_.wall() - facts.live.started);
    facts.live.figures.width = each.width;
    facts.live.figures.height = each.height;
    facts.live.figures.fps = each.fps;
    facts.live.figures.bitrate_bps = each.bitrate_bps;
    facts.live.figures.video_packets = each.frames_received;
    facts.live.bytes_received = each.bytes_received;
    facts.live.dropped = each.dropped;
    facts.live.viewers = each.viewers;
    facts.video_codec = each.video_codec;
    facts.audio_codec = each.audio_codec;
  }
}

result<start_outcome> streams::start(std::string_view id_or_key) {
  auto entry = find_own(id_or_key);
  if (!entry) return entry.error();
  const auto& id = (*entry)->id;
  if (auto done = set_stopped(id, false); !done) return done.error();
  const auto live = live_of(id);
  if (live->publisher_dead()) live->end_publisher("nothing came from the publisher any more");
  const auto [place, fresh] = started_.try_emplace(id, clock_.steady());
  start_outcome out;
  out.facts = facts_of(**entry);
  const bool is_live = out.facts.live.state == live_state::live;
  out.already_running = is_live || !fresh;
  out.uptime = is_live ? out.facts.live.uptime : clock_.steady() - place->second;
  return out;
}

result<stream_facts> streams::stop(std::string_view id_or_key) {
  auto entry = find_own(id_or_key);
  if (!entry) return entry.error();
  const auto& id = (*entry)->id;
  if (auto done = set_stopped(id, true); !done) return done.error();
  started_.erase(id);
  const auto live = find_live(id);
  if (live) live->end_publisher("this stream was stopped; start it again to publish");
  return facts_of(**entry);
}

result<void> streams::remove(std::string_view id_or_key) {
  auto entry = find_own(id_or_key);
  if (!entry) return entry.error();
  const auto id = (*entry)->id;
  if (auto revoked = write_secret({1, id, "", false}); !revoked) return revoked;
  stream_operation operation;
  operation.stream_id = id;
  operation.deleted = true;
  if (auto done = write(std::move(operation)); !done) return done;
  if (const auto live = find_live(id)) {
    live->end_publisher("this stream was deleted");
    live->hls()->close();
    std::lock_guard lock(live_mutex_);
    live_.erase(id);
  }
  started_.erase(id);
  return {};
}

std::size_t streams::cleanup() {
  std::vector<std::shared_ptr<live_stream>> known;
  {
    std::lock_guard lock(live_mutex_);
    for (const auto& [id, live] : live_)
      known.push_back(live);
  }
  return static_cast<std::size_t>(std::count_if(known.begin(), known.end(), [](const auto& live) {
    return live->publisher_dead() &&
           live->end_publisher("nothing came from the publisher any more");
  }));
}

std::size_t streams::live_count() const {
  std::lock_guard lock(live_mutex_);
  return static_cast<std::size_t>(std::count_if(
      live_.begin(), live_.end(), [](const auto& each) { return each.second->is_live(); }));
}

std::shared_ptr<live_stream> streams::find_live(std::string_view stream_id) const {
  std::lock_guard lock(live_mutex_);
  const auto found = live_.find(stream_id);
  return found == live_.end() ? nullptr : found->second;
}

std::shared_ptr<live_stream> streams::live_of(const std::string& id) {
  std::lock_guard lock(live_mutex_);
  auto& place = live_[id];
  if (place) return place;
  auto options = limits_.hls;
  options.first_number = static_cast<std::uint64_t>(clock_.wall().count() / 1000);
  const auto changed = [line = lifeline_, core = core_](const std::string& stream_id) {
    boost::asio::post(core, [line, stream_id] {
      if (line->service != nullptr) line->service->live_changed(stream_id);
    });
  };
  place = std::make_shared<live_stream>(id, options, clock_, changed);
  return place;
}

void streams::live_changed(const std::string& id) {
  log_ending(id);
  on_change_({"streams", id, "updated"});
  on_change_({"status", "", "updated"});
  if (live_changed_) live_changed_();
}

void streams::log_ending(const std::string& id) {
  const auto live = find_live(id);
  if (!live || !catalogue_.find(id)) return;
  const auto facts = live->facts();
  if (facts.state == live_state::live || facts.state == live_state::waiting) return;
  stream_operation operation;
  operation.stream_id = id;
  operation.ending =
      stream_ending{facts.state == live_state::error, facts.reason, clock_.wall().count()};
  if (auto done = write(std::move(operation)); !done) {
    log::error("streams", "the end of stream " + id + " was not kept: " + done.error().message());
  }
}

void streams::tick() {
  std::lock_guard lock(live_mutex_);
  for (const auto& [id, live] : live_)
    live->tick();
  // What is shown of them later is the ending that was logged.
  std::erase_if(live_, [](const auto& each) {
    const bool over = each.second->long_over();
    if (over) each.second->hls()->close();
    return over;
  });
}

void streams::shut_down() {
  std::vector<std::shared_ptr<live_stream>> known;
  {
    std::lock_guard lock(live_mutex_);
    for (const auto& [id, live] : live_)
      known.push_back(live);
  }
  for (const auto& live : known) {
    live->end_publisher("this node is shutting down");
    live->hls()->close();
  }
}

}  // namespace hearth::streams
