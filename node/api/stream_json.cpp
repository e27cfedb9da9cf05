#include "node/api/stream_json.hpp"

#include <cmath>

#include "node/api/answers.hpp"
#include "node/http/origin.hpp"

namespace hearth::api {
namespace {

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

void add_measures(json::object& out, const streams::stream_facts& facts) {
  const auto& live = facts.live;
  const auto& figures = live.figures;
  out["resolution"] =
      figures.width > 0
          ? json::value(std::to_string(figures.width) + "x" + std::to_string(figures.height))
          : json::value(nullptr);
  out["width"] = figures.width;
  out["height"] = figures.height;
  out["fps"] = std::round(figures.fps * 100) / 100;
  out["bitrate"] = figures.bitrate_bps;
  out["video_codec"] = text_or_null(facts.video_codec);
  out["audio_codec"] = text_or_null(facts.audio_codec);
  out["uptime"] = seconds(live.uptime);
  out["viewers"] = live.viewers;
  out["frames_received"] = figures.video_packets;
  out["frames_stored"] = 0;  // this version keeps no frames
  out["bytes_received"] = live.bytes_received;
  out["dropped"] = live.dropped;
  out["started_at"] = time_value(live.started);
}

}  // namespace

std::string playlist_url(std::string_view stream_id) {
  return "/static/streams/" + std::string(stream_id) + "/stream.m3u8";
}

std::string rtmp_url(const services& with, const http::request_context& context) {
  const auto given = http::read_host(context.head.field("host"));
  std::string host = given && !given->host.empty() ? given->host : "127.0.0.1";
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return "rtmp://" + host + ":" + std::to_string(with.rtmp_port) + "/live";
}

json::object stream_json(const services& with, const streams::stream_facts& facts,
                         bool key_for_caller, const std::string& rtmp) {
  json::object out{{"stream_id", facts.id},
                   {"stream_name", facts.form.name},
                   {"description", facts.form.description},
                   {"node_id", facts.owner.text()},
                   {"node_name", with.peers.name_of(facts.owner)},
                   {"own", facts.own},
                   {"reachable", facts.own || facts.reachable},
                   {"status", streams::state_name(facts.live.state)},
                   {"stopped", facts.stopped},
                   {"reason", text_or_null(facts.live.reason)},
                   {"created_at", time_value(facts.created)},
                   {"resolution_preset", text_or_null(facts.form.resolution)},
                   {"bitrate_preset_kbps", facts.form.bitrate_kbps},
                   {"planned_start", text_or_null(facts.form.planned_start)},
                   {"planned_end", text_or_null(facts.form.planned_end)},
                   {"playlist_url", playlist_url(facts.id)}};
  add_measures(out, facts);
  if (facts.own && key_for_caller) {
    out["stream_key"] = facts.key;
    out["rtmp_url"] = rtmp;
  }
  return out;
}

}  // namespace hearth::api
