// /api/streams: sessions, keys, start and stop.
#include <algorithm>

#include "node/api/answers.hpp"
#include "node/api/resources.hpp"
#include "node/api/stream_json.hpp"
#include "node/http/json_reader.hpp"

namespace hearth::api {
namespace {

/// YYYY-MM-DDThh:mm:ss with an optional fraction, then Z or an offset (RFC 3339).
bool looks_like_time(std::string_view text) {
  constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd";
  if (text.size() <= form.size() || text.size() > 40) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (form[i] == 'd' ? !digit : text[i] != form[i]) return false;
  }
  return text.substr(form.size()).find_first_not_of("0123456789.:+-Z") == std::string_view::npos;
}

/// Any of the three ways people write a bit rate: Mbit/s up to 100, kbit/s, or bit/s from 100,000.
std::uint32_t to_kbps(double number) {
  if (number <= 100) return static_cast<std::uint32_t>(number * 1000);
  if (number >= 100'000) return static_cast<std::uint32_t>(number / 1000);
  return static_cast<std::uint32_t>(number);
}

/// "6 Mbit/s", "2500k", "4000"; nothing for another text.
std::optional<std::uint32_t> read_bitrate(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !(number >= 0) || number > 1e9) return std::nullopt;
  const std::string_view unit(end);
  if (unit.find('M') != std::string_view::npos) return to_kbps(std::min(number, 100.0));
  if (unit.find('k') != std::string_view::npos)
    return static_cast<std::uint32_t>(std::min(number, 1e6));
  return to_kbps(number);
}

/// The preset's own spelling: "4k" and "4K" are one.
std::string preset_of(std::string text) {
  if (text == "2k" || text == "4k") text.back() = 'K';
  if (text.ends_with('P')) text.back() = 'p';
  return text;
}

class stream_resource {
 public:
  explicit stream_resource(const services& with) : with_(with) {}

  awaitable<http::response> create(http::request_context& context) {
    http::json_reader in(context.json);
    const auto form = read_form(in);
    if (in.failed()) co_return http::error_response(in.error());
    auto work = [this, form] { return with_.streams.create(form); };
    auto made = co_await run_on(with_.core, std::move(work));
    if (!made) co_return failure(made.error());
    json::object out{{"stream_id", made->id},
                     {"stream_key", made->key},
                     {"rtmp_url", rtmp_url(with_, context)},
                     {"status", "waiting"},
                     {"playlist_url", playlist_url(made->id)}};
    co_return http::json_response(out, 201);
  }

  awaitable<http::response> list(http::request_context& context) { return list_of(context, false); }
  awaitable<http::response> list_all(http::request_context& context) {
    return list_of(context, true);
  }

  awaitable<http::response> get(http::request_context& context) {
    const auto id = context.param("id");
    const bool owner = is_owner(context);
    const auto url = rtmp_url(with_, context);
    auto work = [this, id, owner, url]() -> result<json::object> {
      auto facts = with_.streams.get(id);
      if (!facts) return facts.error();
      return stream_json(with_, *facts, owner, url);
    };
    auto out = co_await run_on(with_.core, std::move(work));
    if (!out) co_return failure(out.error());
    co_return http::json_response(*out);
  }

  awaitable<http::response> start(http::request_context& context) {
    return start_stream(context.param("id"));
  }

  awaitable<http::response> start_by_body(http::request_context& context) {
    http::json_reader in(context.json);
    auto id = in.need_text("stream_id", 100);
    if (in.failed()) co_return http::error_response(in.error());
    co_return co_await start_stream(std::move(id));
  }

  awaitable<http::response> stop(http::request_context& context) {
    const auto id = context.param("id");
    auto work = [this, id] { return with_.streams.stop(id); };
    auto facts = co_await run_on(with_.core, std::move(work));
    if (!facts) co_return failure(facts.error());
    co_return http::json_response(json::object{
        {"success", true}, {"stream_id", facts->id}, {"message", "the stream was stopped"}});
  }

  awaitable<http::response> remove(http::request_context& context) {
    const auto id = context.param("id");
    auto work = [this, id]() -> result<std::string> {
      auto facts = with_.streams.get(id);
      if (!facts) return facts.error();
      if (auto done = with_.streams.remove(id); !done) return done.error();
      if (auto done = with_.images.remove_all_of(facts->id); !done) return done.error();
      return facts->id;
    };
    auto removed = co_await run_on(with_.core, std::move(work));
    if (!removed) co_return failure(removed.error());
    co_return http::json_response(json::object{{"success", true}, {"stream_id", *removed}});
  }

  awaitable<http::response> cleanup(http::request_context&) {
    auto work = [this] { return with_.streams.cleanup(); };
    const auto count = co_await run_on(with_.core, std::move(work));
    const auto words = count == 1 ? std::string("1 dead stream was cleaned up")
                                  : std::to_string(count) + " dead streams were cleaned up";
    co_return http::json_response(
        json::object{{"success", true}, {"cleaned_up", count}, {"message", words}});
  }

 private:
  static bool is_owner(const http::request_context& context) {
    return http::allows(http::access::owner, context.who.rank);
  }

  streams::stream_form read_form(http::json_reader& in) const {
    streams::stream_form form;
    form.name = in.need_text("stream_name", 100);
    form.description = in.text("description", 2000).value_or("");
    form.resolution = preset_of(in.text("resolution", 20).value_or(""));
    if (!streams::good_resolution(form.resolution)) {
      in.fail("resolution", "must be one of 480p, 720p, 1080p, 2K, 4K");
    }
    form.bitrate_kbps = bitrate(in);
    for (auto [key, field] : {std::pair("planned_start", &form.planned_start),
                              std::pair("planned_end", &form.planned_end)}) {
      *field = in.text(key, 40).value_or("");
      if (!field->empty() && !looks_like_time(*field)) {
        in.fail(key, "must be a time such as 2026-01-31T18:00:00Z");
      }
    }
    if (in.has("source")) {
      in.fail("source", "pulling from a camera is not supported by this version");
    }
    return form;
  }

  static std::uint32_t bitrate(http::json_reader& in) {
    if (!in.has("bitrate")) return 0;
    http::json_reader number(in);
    if (auto value = number.integer("bitrate", 0, 1'000'000'000); value && !number.failed()) {
      return to_kbps(static_cast<double>(*value));
    }
    const auto text = in.text("bitrate", 20).value_or("");
    const auto value = read_bitrate(text);
    if (!value) in.fail("bitrate", "must be kbit/s, or such as \"6 Mbit/s\"");
    return value.value_or(0);
  }

  awaitable<http::response> list_of(http::request_context& context, bool all) {
    auto query = http::read_page_query(context.head);
    if (!query) co_return http::error_response(query.error());
    const bool owner = is_owner(context);
    const auto url = rtmp_url(with_, context);
    auto work = [this, all, owner, url, page = *query] {
      return page_of(with_.streams.list(all), page, [&](const streams::stream_facts& facts) {
        return stream_json(with_, facts, owner, url);
      });
    };
    auto out = co_await run_on(with_.core, std::move(work));
    co_return http::json_response(std::move(out));
  }

  awaitable<http::response> start_stream(std::string id) {
    auto work = [this, id] { return with_.streams.start(id); };
    auto started = co_await run_on(with_.core, std::move(work));
    if (!started) co_return failure(started.error());
    co_return http::json_response(
        json::object{{"success", true},
                     {"stream_id", started->facts.id},
                     {"status", streams::state_name(started->facts.live.state)},
                     {"playlist_url", playlist_url(started->facts.id)},
                     {"already_running", started->already_running},
                     {"uptime", seconds(started->uptime)}});
  }

  const services with_;
};

using stream_call = awaitable<http::response> (stream_resource::*)(http::request_context&);

}  // namespace

void add_stream_routes(http::router& router, const services& with) {
  using http::access;
  using http::method;
  auto self = std::make_shared<stream_resource>(with);
  const auto add = [&](method verb, const char* pattern, access needs, const char* summary,
                       stream_call call, http::body_kind body = http::body_kind::none) {
    http::route made(
        verb, pattern, needs, {"streams", summary},
        [self, call](http::request_context& context) { return (self.get()->*call)(context); });
    if (body != http::body_kind::none) made.takes(body);
    if (call == &stream_resource::create) made.doc.status = 201;
    router.add(std::move(made));
  };
  const auto json_body = http::body_kind::json;
  add(method::post, "/api/streams/create", access::member, "Creates a stream and its secret key",
      &stream_resource::create, json_body);
  add(method::get, "/api/streams", access::viewer, "Streams of this node", &stream_resource::list);
  add(method::get, "/api/streams/all", access::viewer, "Streams of all nodes",
      &stream_resource::list_all);
  add(method::get, "/api/streams/{id}", access::viewer, "One stream, by id or key",
      &stream_resource::get);
  add(method::get, "/api/streams/status/{id}", access::viewer, "One stream, by id or key",
      &stream_resource::get);
  add(method::post, "/api/streams/start", access::member, "Starts a stream; idempotent",
      &stream_resource::start_by_body, json_body);
  add(method::post, "/api/streams/{id}/start", access::member, "Starts a stream; idempotent",
      &stream_resource::start, json_body);
  add(method::post, "/api/streams/{id}/stop", access::member, "Stops a stream; idempotent",
      &stream_resource::stop, json_body);
  add(method::del, "/api/streams/{id}", access::member, "Deletes a stream, its key and its images",
      &stream_resource::remove);
  add(method::post, "/api/streams/cleanup", access::member, "Ends publishers that are silent",
      &stream_resource::cleanup, json_body);
}

}  // namespace hearth::api
