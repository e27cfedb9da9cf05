#include "node/api/resources.hpp"

namespace hearth::api {
namespace {

/// Answers with the description of the router that holds it.
class description {
 public:
  explicit description(std::weak_ptr<http::router> of) : router_(std::move(of)) {}

  awaitable<http::response> get(http::request_context&) {
    const auto router = router_.lock();
    if (!router) co_return http::error_response(503, "stopping", "the node is stopping");
    co_return http::json_response(http::openapi(*router, "Hearth", HEARTH_VERSION));
  }

 private:
  std::weak_ptr<http::router> router_;
};

}  // namespace

std::shared_ptr<const http::router> make_router(const services& with) {
  auto router = std::make_shared<http::router>();
  add_status_routes(*router, with);
  add_stream_routes(*router, with);
  add_watch_routes(*router, with);
  add_image_routes(*router, with);
  add_video_routes(*router, with);
  add_note_routes(*router, with);
  add_peer_routes(*router, with);
  add_settings_routes(*router, with);
  auto self = std::make_shared<description>(router);
  router->add({http::method::get,
               "/api/openapi.json",
               http::access::viewer,
               {"node", "This description"},
               [self](http::request_context& context) { return self->get(context); }});
  add_page_routes(*router, with);
  return router;
}

}  // namespace hearth::api
