// GET /healthz, /readyz, /api/status, /api/events.
#include <algorithm>

#include "node/api/answers.hpp"
#include "node/api/resources.hpp"

namespace hearth::api {
namespace {

/// Below this the store takes no more (store/log): the node can't be called ready.
constexpr std::uint64_t least_free_bytes = 32 * 1024 * 1024;

class status_resource {
 public:
  explicit status_resource(const services& with) : with_(with) {}

  awaitable<http::response> health(http::request_context&) {
    co_return http::json_response(json::object{{"status", "ok"}});
  }

  awaitable<http::response> ready(http::request_context&) {
    // Listeners were up before this server; reaching the core strand shows that the store answers.
    auto probe = [this]() -> result<void> {
      auto file = with_.blobs.create_writer(least_free_bytes);  // made, and gone again
      if (!file) return file.error();
      return {};
    };
    auto written = co_await run_on(with_.worker, std::move(probe));
    if (!written) {
      auto problem = explain(written.error());
      problem.status = 503;
      co_return http::error_response(problem);
    }
    auto work = [this] { return with_.notes.count(); };
    co_await run_on(with_.core, std::move(work));
    co_return http::json_response(
        json::object{{"status", "ready"}, {"store", "ok"}, {"blobs", "ok"}, {"listeners", "ok"}});
  }

  awaitable<http::response> status(http::request_context&) {
    auto work = [this] { return gather(); };
    auto out = co_await run_on(with_.core, std::move(work));
    co_return http::json_response(std::move(out));
  }

  awaitable<http::response> events(http::request_context&) {
    co_return http::event_response(with_.events);
  }

 private:
  json::object gather() const {
    const auto streams = with_.streams.list(true);
    const auto live = std::count_if(streams.begin(), streams.end(), [](const auto& each) {
      return each.live.state == streams::live_state::live;
    });
    json::object out{{"node_id", with_.self.text()},
                     {"node_name", with_.config.node.name},
                     {"node_words", with_.self.words()},
                     {"version", HEARTH_VERSION},
                     {"uptime", seconds(with_.time.steady() - with_.started)}};
    out["counts"] = json::object{{"videos", with_.videos.count()},
                                 {"active_streams", live},
                                 {"images", with_.images.count()},
                                 {"notes", with_.notes.count()},
                                 {"peers", with_.peers.connected()}};
    out["storage"] = storage();
    out["sync"] = sync();
    return out;
  }

  json::object storage() const {
    const auto usage = with_.blobs.usage();
    std::error_code unknown;
    const auto space = std::filesystem::space(with_.config.data_dir, unknown);
    return {{"backend", "rocksdb"},
            {"data_dir", with_.config.data_dir.string()},
            {"blobs",
             json::object{{"backend", "local"}, {"bytes", usage.bytes}, {"count", usage.count}}},
            {"free_bytes", unknown ? 0 : space.available}};
  }

  json::object sync() const {
    const auto all = with_.peers.list();
    std::uint64_t behind = 0;
    for (const auto& each : all) {
      if (each.state == peers::peer_state::connected) behind += each.behind;
    }
    return {{"connected", with_.peers.connected()}, {"behind", behind}, {"discovery", discovery()}};
  }

  json::object discovery() const {
    if (!with_.peers.discovers()) return {{"state", "off"}, {"other_clusters_nearby", 0}};
    const auto state = with_.peers.discovery_status();
    json::object out{{"state", state.available ? "ok" : "unavailable"},
                     {"other_clusters_nearby", state.foreign}};
    if (!state.available) {
      out["why"] = state.why ? state.why.message() : "starting";
      out["detail"] = state.detail;
    }
    return out;
  }

  const services with_;
};

}  // namespace

void add_status_routes(http::router& router, const services& with) {
  using http::access;
  using http::method;
  auto self = std::make_shared<status_resource>(with);
  router.add({method::get,
              "/healthz",
              access::open,
              {"node", "Alive: answers without any I/O"},
              [self](http::request_context& context) { return self->health(context); }});
  router.add({method::get,
              "/readyz",
              access::open,
              {"node", "Store, blobs and listeners are up"},
              [self](http::request_context& context) { return self->ready(context); }});
  router.add({method::get,
              "/api/status",
              access::viewer,
              {"node", "Who this node is, and what it knows"},
              [self](http::request_context& context) { return self->status(context); }});
  http::route_doc events{"node", "Server-sent events: every change that a page shows"};
  events.media_type = "text/event-stream";
  router.add({method::get, "/api/events", access::viewer, std::move(events),
              [self](http::request_context& context) { return self->events(context); }});
}

}  // namespace hearth::api
