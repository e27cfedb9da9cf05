// /api/peers, /api/sync/history.
#include "node/api/answers.hpp"
#include "node/api/resources.hpp"
#include "node/http/json_reader.hpp"

namespace hearth::api {
namespace {

json::object peer_json(const peers::peer_facts& facts) {
  json::object out{{"node_id", facts.id ? json::value(facts.id->text()) : json::value(nullptr)},
                   {"name", facts.name},
                   {"state", peers::state_name(facts.state)},
                   {"address", facts.address},
                   {"found_by", facts.found_by},
                   {"behind", facts.behind},
                   {"why", facts.why}};
  out["rtt_ms"] = facts.rtt ? json::value(facts.rtt->count()) : json::value(nullptr);
  out["words"] = facts.id ? json::value(facts.id->words()) : json::value(nullptr);
  return out;
}

class peer_resource {
 public:
  explicit peer_resource(const services& with) : with_(with) {}

  awaitable<http::response> list(http::request_context& context) {
    auto query = http::read_page_query(context.head);
    if (!query) co_return http::error_response(query.error());
    auto work = [this, page = *query] { return page_of(with_.peers.list(), page, peer_json); };
    auto out = co_await run_on(with_.core, std::move(work));
    co_return http::json_response(std::move(out));
  }

  awaitable<http::response> add(http::request_context& context) {
    http::json_reader in(context.json);
    const auto text = in.need_text("address", 300);
    if (in.failed()) co_return http::error_response(in.error());
    auto address = peers::peer_address::parse(text);
    if (!address) co_return failure(address.error());
    auto work = [this, at = *address] { return with_.peers.keep_fixed(at); };
    auto kept = co_await run_on(with_.core, std::move(work));
    if (!kept) co_return failure(kept.error());
    co_return http::json_response(
        json::object{{"address", address->text()}, {"state", "connecting"}}, 201);
  }

  awaitable<http::response> history(http::request_context& context) {
    auto query = http::read_page_query(context.head);
    if (!query) co_return http::error_response(query.error());
    auto work = [this, page = *query] {
      const auto& kept = with_.peers.history();
      const std::vector<peers::sync_event> newest_first(kept.rbegin(), kept.rend());
      return page_of(newest_first, page, [this](const peers::sync_event& each) {
        return json::object{{"time", time_value(each.time)},
                            {"node_id", each.from.text()},
                            {"node_name", with_.peers.name_of(each.from)},
                            {"entries", each.entries},
                            {"bytes", each.bytes}};
      });
    };
    auto out = co_await run_on(with_.core, std::move(work));
    co_return http::json_response(std::move(out));
  }

 private:
  const services with_;
};

}  // namespace

void add_peer_routes(http::router& router, const services& with) {
  using http::access;
  using http::method;
  auto self = std::make_shared<peer_resource>(with);
  router.add({method::get,
              "/api/peers",
              access::viewer,
              {"peers", "Other nodes: linked, looked for, and why not"},
              [self](http::request_context& context) { return self->list(context); }});
  http::route add(method::post, "/api/peers", access::owner,
                  {"peers", "Dials a node at a fixed address from now on"},
                  [self](http::request_context& context) { return self->add(context); });
  add.takes(http::body_kind::json);
  add.doc.status = 201;
  router.add(std::move(add));
  router.add({method::get,
              "/api/sync/history",
              access::viewer,
              {"peers", "What came from which node when, since this node started"},
              [self](http::request_context& context) { return self->history(context); }});
}

}  // namespace hearth::api
