// Who may publish and play, and what peers are told: the parts of `streams` that face outward.
#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "node/streams/streams.hpp"
#include "store/base/run_on.hpp"

namespace hearth::streams {
namespace {

rtmp::publish_decision refuse(std::string_view code, std::string text) {
  rtmp::publish_decision out;
  out.code = code;
  out.text = std::move(text);
  return out;
}

}  // namespace

rtmp::publish_decision streams::decide_publish(const rtmp::publish_request& request) {
  auto entry = catalogue_.find(catalogue_.id_of_key(request.key));
  if (!entry) {
    return refuse(rtmp::code_bad_name,
                  "unknown stream key: create a stream on this node and use its key");
  }
  const auto& id = (*entry)->id;
  if (catalogue_.is_stopped(id)) {
    return refuse(rtmp::code_denied, "this stream was stopped: start it again to publish");
  }
  const auto live = live_of(id);
  if (!live->is_live() && live_count() >= limits_.max_live) {
    return refuse(rtmp::code_denied, "this node already has its maximum of " +
                                         std::to_string(limits_.max_live) + " live streams");
  }
  rtmp::publish_decision out;
  out.sink = live->begin(request.control);
  if (!out.sink) {
    return refuse(rtmp::code_bad_name, "this stream key is already in use by another publisher");
  }
  out.label = id;
  return out;
}

awaitable<rtmp::publish_decision> streams::open_publish(rtmp::publish_request request) {
  auto decide = [this, request] { return decide_publish(request); };
  co_return co_await run_on(core_, std::move(decide));
}

rtmp::play_decision streams::decide_play(const rtmp::play_request& request) {
  rtmp::play_decision out;
  // The key is the right to watch over RTMP; the id, which is no secret, only does on this machine.
  error_code unreadable;
  const auto from = boost::asio::ip::make_address(request.client_address, unreadable);
  const bool here = !unreadable && from.is_loopback();
  auto entry = here ? find(request.name) : catalogue_.find(catalogue_.id_of_key(request.name));
  const auto live = entry ? find_live((*entry)->id) : nullptr;
  out.ring = live ? live->ring() : nullptr;
  if (!out.ring) {
    out.code = rtmp::code_not_found;
    out.text = entry ? "this stream is not live on this node" : "there is no such stream";
    return out;
  }
  out.label = (*entry)->id;
  out.lease = live->viewers().lease();
  return out;
}

awaitable<rtmp::play_decision> streams::open_play(rtmp::play_request request) {
  auto decide = [this, request] { return decide_play(request); };
  co_return co_await run_on(core_, std::move(decide));
}

live_report streams::report() const {
  live_report out;
  for (const auto* entry : catalogue_.all()) {
    if (entry->owner != journal_.self() || out.streams.size() == most_reported) continue;
    const auto facts = facts_of(*entry);
    if (facts.live.state != live_state::live) continue;
    live_status status;
    status.stream_id = facts.id;
    status.started_ms = facts.live.started.count();
    status.width = facts.live.figures.width;
    status.height = facts.live.figures.height;
    status.fps = facts.live.figures.fps;
    status.bitrate_bps = facts.live.figures.bitrate_bps;
    status.video_codec = facts.video_codec;
    status.audio_codec = facts.audio_codec;
    status.bytes_received = facts.live.bytes_received;
    status.frames_received = facts.live.figures.video_packets;
    status.dropped = facts.live.dropped;
    status.viewers = static_cast<std::uint32_t>(facts.live.viewers);
    out.streams.push_back(std::move(status));
  }
  return out;
}

void streams::take_report(const node_id& from, const live_report& report, milliseconds lifetime) {
  const auto ids = [](const live_report& each) {
    std::vector<std::string> out;
    for (const auto& status : each.streams)
      out.push_back(status.stream_id);
    return out;
  };
  auto& known = remote_[from];
  const bool same = ids(known.report) == ids(report) && reachable(from);
  known = {report, clock_.steady() + lifetime};
  if (!same) on_change_({"streams", "", "updated"});
}

void streams::forget_reports(const node_id& from) {
  if (remote_.erase(from) > 0) on_change_({"streams", "", "updated"});
}

bool streams::reachable(const node_id& node) const {
  const auto found = remote_.find(node);
  return found != remote_.end() && found->second.good_until > clock_.steady();
}

}  // namespace hearth::streams
