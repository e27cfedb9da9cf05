// GET /api/settings: what is in force, and where each value comes from. Secrets are redacted.
#include "node/api/answers.hpp"
#include "node/api/resources.hpp"

namespace hearth::api {
namespace {

class settings_resource {
 public:
  explicit settings_resource(const services& with) : with_(with) {}

  awaitable<http::response> list(http::request_context&) {
    json::array items;
    for (const auto& each : with_.config.settings_view()) {
      items.push_back(json::object{{"key", each.key},
                                   {"value", each.value},
                                   {"origin", each.origin},
                                   {"description", each.description},
                                   {"restart_needed", each.restart_needed}});
    }
    co_return http::json_response(
        json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
  }

 private:
  const services with_;
};

}  // namespace

void add_settings_routes(http::router& router, const services& with) {
  auto self = std::make_shared<settings_resource>(with);
  router.add({http::method::get,
              "/api/settings",
              http::access::owner,
              {"node", "Settings with their origin"},
              [self](http::request_context& context) { return self->list(context); }});
}

}  // namespace hearth::api
