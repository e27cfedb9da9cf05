#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cctype>

#include "node/http/router.hpp"

namespace hearth::http {
namespace {

namespace json = boost::json;

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// "/a/{rest...}" to "/a/{rest}".
std::string path_of(std::string pattern) {
  if (const auto at = pattern.find("...}"); at != std::string::npos) pattern.erase(at, 3);
  return pattern;
}

json::object parameter(std::string_view name, std::string_view place) {
  return {{"name", name},
          {"in", place},
          {"required", place == "path"},
          {"schema", json::object{{"type", "string"}}}};
}

json::array parameters_of(const route& from) {
  json::array out;
  const auto path = path_of(from.pattern);
  for (auto at = path.find('{'); at != std::string::npos; at = path.find('{', at + 1)) {
    const auto end = path.find('}', at);
    out.push_back(parameter(path.substr(at + 1, end - at - 1), "path"));
  }
  for (const auto& name : from.doc.query)
    out.push_back(parameter(name, "query"));
  return out;
}

json::object content(std::string_view type, const json::value& schema) {
  json::object about;
  if (!schema.is_null()) about["schema"] = schema;
  return {{type, std::move(about)}};
}

json::value body_of(const route& from) {
  const bool streamed = from.body == body_kind::stream;
  return json::object{{"required", streamed},
                      {"content", content(streamed ? "multipart/form-data" : "application/json",
                                          from.doc.request_schema)}};
}

json::object responses_of(const route& from) {
  json::object good{{"description", from.doc.summary}};
  const bool empty = from.doc.status == 204;
  if (!empty) good["content"] = content(from.doc.media_type, from.doc.response_schema);
  json::object out;
  out[std::to_string(from.doc.status)] = std::move(good);
  out["default"] = json::object{{"$ref", "#/components/responses/Error"}};
  return out;
}

std::string operation_id(const route& from) {
  std::string out = lower(name_of(from.verb));
  bool gap = false;
  for (const unsigned char c : from.pattern) {
    if (std::isalnum(c) == 0) {
      gap = true;
      continue;
    }
    if (gap) out.push_back('_');
    gap = false;
    out.push_back(static_cast<char>(c));
  }
  return out;
}

json::object operation(const route& from) {
  json::object out{{"operationId", operation_id(from)}, {"summary", from.doc.summary},
                   {"tags", json::array{from.doc.tag}}, {"x-access", name_of(from.needs)},
                   {"parameters", parameters_of(from)}, {"responses", responses_of(from)}};
  if (from.body != body_kind::none) out["requestBody"] = body_of(from);
  return out;
}

json::object error_components() {
  const json::object text{{"type", "string"}};
  const json::object said{{"type", "object"},
                          {"required", {"code", "message", "hint"}},
                          {"properties", {{"code", text}, {"message", text}, {"hint", text}}}};
  const json::object whole{
      {"type", "object"}, {"required", json::array{"error"}}, {"properties", {{"error", said}}}};
  const json::object answer{
      {"description", "What went wrong, and what to do"},
      {"content", {{"application/json", {{"schema", {{"$ref", "#/components/schemas/Error"}}}}}}}};
  return {{"schemas", {{"Error", whole}}}, {"responses", {{"Error", answer}}}};
}

}  // namespace

json::value openapi(const router& routes, std::string_view title, std::string_view version) {
  json::object paths;
  for (const auto& one : routes.routes()) {
    auto& path = paths[path_of(one->pattern)];
    if (path.is_null()) path = json::object{};
    path.as_object()[lower(name_of(one->verb))] = operation(*one);
  }
  return json::object{{"openapi", "3.1.0"},
                      {"info", json::object{{"title", title}, {"version", version}}},
                      {"paths", std::move(paths)},
                      {"components", error_components()}};
}

}  // namespace hearth::http
