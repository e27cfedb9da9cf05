// /static/streams/{stream_id}/…: HLS, from this node's memory or from the node that has the stream.
#include "media/packager/errc.hpp"
#include "node/api/answers.hpp"
#include "node/api/resources.hpp"

namespace hearth::api {
namespace {

constexpr const char* not_live_hint =
    "It is there a few seconds after a publisher has begun; GET /api/streams/{id} tells the state.";

http::response hls_failure(error_code code) {
  using packager::errc;
  if (code == errc::bad_name || code == errc::not_found || code == errc::closed) {
    return http::error_response(404, "not_found", "there is no such playlist or segment (any more)",
                                not_live_hint);
  }
  if (code == errc::bad_request) {
    return http::error_response(400, "bad_query", code.message(),
                                "_HLS_msn and _HLS_part must be whole numbers.");
  }
  if (code == errc::timed_out || code == errc::too_many_waiters) {
    return http::error_response(503, "not_yet", code.message(), "Ask again.");
  }
  return failure(code);
}

http::response hls_response(const http::request& head, std::shared_ptr<const bytes> body,
                            std::string type, std::chrono::seconds max_age) {
  http::content_info info;
  info.type = std::move(type);
  info.cache_control =
      max_age.count() > 0 ? "private, max-age=" + std::to_string(max_age.count()) : "no-store";
  return http::content_response(head, http::shared_body(std::move(body)), info);
}

std::string query_of(const std::string& target) {
  const auto mark = target.find('?');
  return mark == std::string::npos ? std::string() : target.substr(mark + 1);
}

class watch_resource {
 public:
  explicit watch_resource(const services& with) : with_(with) {}

  awaitable<http::response> get(http::request_context& context) {
    const auto id = context.param("id");
    const auto name = context.param("name");
    const auto query = query_of(context.head.target);
    if (const auto live = with_.streams.find_live(id)) {
      return get_own(live, name, query, context);
    }
    return get_remote(id, name, query, context);
  }

 private:
  awaitable<http::response> get_own(std::shared_ptr<streams::live_stream> live, std::string name,
                                    std::string query, http::request_context& context) {
    auto parsed = packager::hls_name::parse(name);
    if (!parsed) co_return hls_failure(parsed.error());
    auto wanted = packager::hls_query::parse(query);
    if (!wanted) co_return hls_failure(wanted.error());
    if (!live->is_live() && !live->hls()->playlist()) {
      co_return hls_failure(packager::errc::not_found);  // nothing is coming: do not wait
    }
    if (parsed->kind == packager::hls_kind::playlist) {
      live->viewers().seen(context.who.address + std::string(context.head.field("user-agent")));
    }
    auto resource = co_await live->hls()->get(*parsed, *wanted);
    if (!resource) co_return hls_failure(resource.error());
    co_return hls_response(context.head, resource->body, std::string(resource->content_type),
                           resource->max_age);
  }

  awaitable<http::response> get_remote(std::string id, std::string name, std::string query,
                                       http::request_context& context) {
    auto parsed = packager::hls_name::parse(name);
    if (!parsed) co_return hls_failure(parsed.error());
    auto work = [this, id] { return with_.streams.get(id); };
    auto facts = co_await run_on(with_.core, std::move(work));
    if (!facts) co_return failure(facts.error());
    if (facts->own) co_return hls_failure(packager::errc::not_found);  // never was live here
    const auto whole = id + "/" + name + (query.empty() ? "" : "?" + query);
    auto answer = co_await with_.remote_hls.get(facts->owner, whole);
    if (!answer) co_return failure(answer.error());
    const bool playlist = answer->playlist;
    co_return hls_response(context.head, answer->body,
                           playlist ? "application/vnd.apple.mpegurl" : "video/mp4",
                           std::chrono::seconds(playlist ? 0 : 60));
  }

  const services with_;
};

}  // namespace

void add_watch_routes(http::router& router, const services& with) {
  auto self = std::make_shared<watch_resource>(with);
  http::route_doc doc{"streams", "HLS: stream.m3u8 and what it names"};
  doc.media_type = "application/vnd.apple.mpegurl";
  doc.query = {"_HLS_msn", "_HLS_part"};
  router.add({http::method::get, "/static/streams/{id}/{name}", http::access::viewer,
              std::move(doc),
              [self](http::request_context& context) { return self->get(context); }});
}

}  // namespace hearth::api
