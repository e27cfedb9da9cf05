// The web page: its files, and index.html for each of its addresses.
#include "node/api/resources.hpp"
#include "node/web/assets.hpp"

namespace hearth::api {
namespace {

http::response asset_response(const http::request& head, const web::asset& asset) {
  http::content_info info;
  info.type = asset.content_type;
  info.etag = asset.etag;
  info.cache_control = asset.immutable ? "public, max-age=31536000, immutable" : "no-cache";
  const bool compressed = !asset.gzip.empty() && head.accepts_encoding("gzip");
  if (compressed) info.etag.insert(info.etag.size() - 1, "-gzip");
  auto out = http::content_response(
      head, http::memory_body{compressed ? asset.gzip : asset.body, nullptr}, info);
  if (compressed) out.set("Content-Encoding", "gzip");
  out.set("Vary", "Accept-Encoding");
  return out;
}

awaitable<http::response> serve_index(http::request_context& context) {
  co_return asset_response(context.head, *web::find_asset("/index.html"));
}

awaitable<http::response> serve_file(http::request_context& context) {
  std::string path;
  for (const auto& segment : context.head.segments)
    path += "/" + segment;
  const auto* asset = web::find_asset(path);
  if (asset == nullptr) {
    co_return http::error_response(404, "not_found", "there is no such file",
                                   "Load the page again: it may be of an older version.");
  }
  co_return asset_response(context.head, *asset);
}

http::route_doc page_doc(const char* summary) {
  http::route_doc doc{"page", summary};
  doc.media_type = "text/html";
  return doc;
}

}  // namespace

void add_page_routes(http::router& router, const services&) {
  using http::access;
  using http::method;
  for (const char* path : {"/", "/upload", "/live", "/live/{id}", "/library", "/library/{id}",
                           "/notes", "/notes/{id}", "/peers", "/settings"}) {
    router.add({method::get, path, access::viewer, page_doc("The web page"),
                [](http::request_context& context) { return serve_index(context); }});
  }
  for (const char* path : {"/assets/{name}", "/favicon.svg", "/licenses.txt"}) {
    if (std::string_view(path) != "/assets/{name}" && web::find_asset(path) == nullptr) continue;
    router.add({method::get, path, access::viewer, page_doc("Files of the web page"),
                [](http::request_context& context) { return serve_file(context); }});
  }
}

}  // namespace hearth::api
