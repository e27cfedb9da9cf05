// Which route answers which path, and what /api/openapi.json tells of them.
#include "node/http/router.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace hearth::http;

hearth::awaitable<response> nothing(request_context&) {
  co_return empty_response();
}

void add(router& to, method verb, std::string pattern) {
  to.add({verb, std::move(pattern), access::owner, {"test", "Does nothing"}, &nothing});
}

std::string found(const router& in, method verb, std::string_view path) {
  request head;
  BOOST_TEST_REQUIRE(read_target(path, head).has_value());
  const auto match = in.match(verb, head.segments);
  if (match.found == nullptr) return match.allowed.empty() ? "404" : "405";
  auto out = match.found->pattern;
  for (const auto& [name, value] : match.params)
    out += " " + name + "=" + value;
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_router)

BOOST_AUTO_TEST_CASE(words_win_over_params_and_every_method_is_looked_for) {
  router routes;
  add(routes, method::get, "/");
  add(routes, method::post, "/api/streams/create");
  add(routes, method::get, "/api/streams/{id}");
  add(routes, method::get, "/api/streams/{id}/images");
  add(routes, method::post, "/api/streams/{id}/start");
  add(routes, method::get, "/static/{file...}");
  add(routes, method::get, "/static/streams/{id}/{name}");
  BOOST_TEST(found(routes, method::get, "/") == "/");
  BOOST_TEST(found(routes, method::post, "/api/streams/create") == "/api/streams/create");
  BOOST_TEST(found(routes, method::get, "/api/streams/create") == "/api/streams/{id} id=create");
  BOOST_TEST(found(routes, method::head, "/api/streams/x") == "/api/streams/{id} id=x");
  BOOST_TEST(found(routes, method::post, "/api/streams/create/start") ==
             "/api/streams/{id}/start id=create");
  BOOST_TEST(found(routes, method::del, "/api/streams/x") == "405");
  BOOST_TEST(found(routes, method::get, "/api/streams/") == "404");
  BOOST_TEST(found(routes, method::get, "/api//x") == "404");
  BOOST_TEST(found(routes, method::get, "/api") == "404");
  BOOST_TEST(found(routes, method::get, "/static/streams/s/a.m4s") ==
             "/static/streams/{id}/{name} id=s name=a.m4s");
  BOOST_TEST(found(routes, method::get, "/static/streams/s/t/u") ==
             "/static/{file...} file=streams/s/t/u");
  BOOST_TEST(routes.match(method::put, {"api", "streams", "create"}).allowed.size() == 2u);
}

BOOST_AUTO_TEST_CASE(mistakes_in_routes_stop_the_start) {
  router routes;
  add(routes, method::get, "/a/{x}");
  BOOST_CHECK_THROW(add(routes, method::get, "/a/{y}"), std::logic_error);
  BOOST_CHECK_THROW(add(routes, method::get, "a"), std::logic_error);
  BOOST_CHECK_THROW(add(routes, method::get, "/{x...}/a"), std::logic_error);
}

BOOST_AUTO_TEST_CASE(access_is_decided_in_one_place) {
  BOOST_TEST(allows(access::open, role::none));
  BOOST_TEST(!allows(access::viewer, role::none));
  BOOST_TEST(allows(access::viewer, role::viewer));
  BOOST_TEST(!allows(access::member, role::viewer));
  BOOST_TEST(!allows(access::owner, role::member));
  BOOST_TEST(allows(access::owner, role::owner));
}

BOOST_AUTO_TEST_CASE(the_description_names_every_route) {
  router routes;
  add(routes, method::get, "/api/a/{id}");
  route posted{method::post, "/api/a/{id}", access::member, {"a", "Makes"}, &nothing};
  posted.doc.request_schema = {{"type", "object"}};
  posted.doc.query = {"page"};
  posted.doc.status = 201;
  routes.add(posted.takes(body_kind::json));
  add(routes, method::get, "/files/{rest...}");
  const auto about = openapi(routes, "Hearth", "1.2.3");
  BOOST_TEST(about.at("openapi").as_string() == "3.1.0");
  const auto& paths = about.at("paths").as_object();
  BOOST_TEST(paths.size() == 2u);
  const auto& post = paths.at("/api/a/{id}").at("post");
  BOOST_TEST(post.at("operationId").as_string() == "post_api_a_id");
  BOOST_TEST(post.at("x-access").as_string() == "member");
  BOOST_TEST(post.at("parameters").as_array().size() == 2u);
  BOOST_TEST(post.at("parameters").at(0).at("required").as_bool());
  BOOST_TEST(post.at("tags").as_array().size() == 1u);
  BOOST_TEST(post.at("responses").as_object().contains("201"));
  BOOST_TEST(post.at("requestBody").at("content").as_object().contains("application/json"));
  BOOST_TEST(paths.contains("/files/{rest}"));
  BOOST_TEST(about.at("components").at("schemas").at("Error").at("properties").is_object());
}

BOOST_AUTO_TEST_SUITE_END()
