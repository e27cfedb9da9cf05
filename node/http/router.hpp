// Routes: a method, a pattern, an access and a handler each. A route without an access can't be
// made. Built at start, then read only (any thread).
//   {name} is one segment; {name...}, only at the end, the rest of the path. Words win over {name}.
#pragma once
#include <boost/json/value.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "node/http/access.hpp"
#include "node/http/body.hpp"
#include "node/http/response.hpp"

namespace hearth::http {

/// What a handler gets. Lives until the handler's answer is ready.
struct request_context {
  const request& head;
  const caller& who;
  body_reader& body;        // for body_kind::stream
  boost::json::value json;  // for body_kind::json: an object; {} when the body was empty
  name_values params;       // of the pattern, decoded

  /// A parameter of the pattern; "" for a name that it does not have.
  const std::string& param(std::string_view name) const;
};

/// Must be a function that returns the coroutine of a named member function, e.g.
///   [self](request_context& context) { return self->list(context); }
using handler = std::function<awaitable<response>(request_context&)>;

enum class body_kind { none, json, stream };

/// What /api/openapi.json says of a route.
struct route_doc {
  std::string tag;                          // "streams"
  std::string summary;                      // "Creates a stream"
  boost::json::value request_schema = {};   // JSON schema of the body, null when there is none
  boost::json::value response_schema = {};  // JSON schema of the good answer, null when not JSON
  unsigned status = 200;                    // of the good answer
  std::string media_type = "application/json";  // of the good answer
  std::vector<std::string> query = {};          // names of query parameters
};

struct route {
  route(method verb_, std::string pattern_, access needs_, route_doc doc_, handler handle_)
      : verb(verb_),
        pattern(std::move(pattern_)),
        needs(needs_),
        doc(std::move(doc_)),
        handle(std::move(handle_)) {}

  /// A body of this kind. Without this call a body of up to 64 KiB is ignored, a larger one
  /// refused.
  route& takes(body_kind kind, std::uint64_t limit_bytes = 1024 * 1024) {
    body = kind;
    body_limit = limit_bytes;
    return *this;
  }

  method verb;
  std::string pattern;
  access needs;
  route_doc doc;
  handler handle;
  body_kind body = body_kind::none;
  std::uint64_t body_limit = 0;
};

struct route_match {
  const route* found = nullptr;
  name_values params;
  std::vector<method> allowed;  // methods that the path has, when none fits; empty: no such path
};

class router {
 public:
  router();
  ~router();

  /// Throws std::logic_error for a malformed pattern or a second route of the same form (failed
  /// start-up).
  void add(route added);
  /// HEAD is answered by the route of GET.
  route_match match(method verb, const std::vector<std::string>& segments) const;
  const std::vector<std::unique_ptr<route>>& routes() const { return routes_; }

 private:
  struct node;
  std::unique_ptr<node> root_;
  std::vector<std::unique_ptr<route>> routes_;
};

/// The OpenAPI 3.1 description of all routes.
boost::json::value openapi(const router& routes, std::string_view title, std::string_view version);

}  // namespace hearth::http
