// /api/notes: create, change, share, history, search.
#include "node/api/answers.hpp"
#include "node/api/resources.hpp"
#include "node/api/text_diff.hpp"
#include "node/http/json_reader.hpp"

namespace hearth::api {
namespace {

json::array people_json(const services& with, const std::vector<node_id>& nodes) {
  json::array out;
  for (const auto& node : nodes) {
    out.push_back(json::object{{"node_id", node.text()}, {"name", with.peers.name_of(node)}});
  }
  return out;
}

/// Everything but the text.
json::object head_json(const services& with, const notes::note_facts& facts) {
  json::array tags(facts.tags.begin(), facts.tags.end());
  return {{"note_id", facts.id},
          {"title", facts.title},
          {"tags", std::move(tags)},
          {"shared", facts.shared},
          {"version", facts.version},
          {"contributors", people_json(with, facts.contributors)},
          {"created_at", time_value(facts.created.time())},
          {"updated_at", time_value(facts.updated.time())},
          {"brought_back", facts.brought_back}};
}

json::object note_json(const services& with, const notes::note_facts& facts) {
  auto out = head_json(with, facts);
  out["text"] = facts.text;
  return out;
}

std::vector<notes::text_edit> read_edits(http::json_reader& in, const json::array& list,
                                         std::size_t most_bytes) {
  std::vector<notes::text_edit> out;
  for (const auto& each : list) {
    http::json_reader edit(each, "edits[" + std::to_string(out.size()) + "].");
    constexpr auto furthest = std::int64_t{1} << 40;
    notes::text_edit made;
    made.pos = static_cast<std::uint64_t>(edit.integer("pos", 0, furthest).value_or(0));
    made.del = static_cast<std::uint64_t>(edit.integer("del", 0, furthest).value_or(0));
    made.ins = edit.long_text("ins", most_bytes).value_or("");
    if (!edit.failed() && !edit.has("pos")) edit.fail("pos", "must be there");
    if (edit.failed()) {
      in.take(edit.error());
      return out;
    }
    out.push_back(std::move(made));
  }
  return out;
}

class note_resource {
 public:
  explicit note_resource(const services& with) : with_(with) {}

  awaitable<http::response> create(http::request_context& context) {
    http::json_reader in(context.json);
    notes::note_draft draft;
    draft.title = in.text("title", notes::max_title_bytes).value_or("");
    draft.text = in.long_text("text", with_.config.notes.max_bytes).value_or("");
    draft.tags = in.texts("tags", notes::max_tags, notes::max_tag_bytes)
                     .value_or(std::vector<std::string>{});
    draft.shared = in.boolean("shared").value_or(false);
    if (in.failed()) co_return http::error_response(in.error());
    auto work = [this, draft = std::move(draft)]() -> result<json::object> {
      auto facts = with_.notes.create(draft);
      if (!facts) return facts.error();
      return note_json(with_, *facts);
    };
    co_return answer(co_await run_on(with_.core, std::move(work)), 201);
  }

  awaitable<http::response> list(http::request_context& context) {
    auto query = http::read_page_query(context.head);
    if (!query) co_return http::error_response(query.error());
    const std::string words(context.head.parameter("q").value_or(""));
    const std::string tag(context.head.parameter("tag").value_or(""));
    auto work = [this, words, tag, page = *query] {
      return page_of(with_.notes.list(words, tag), page, [this](const notes::note_summary& each) {
        auto item = head_json(with_, each.facts);
        item["snippet"] = each.snippet;
        return item;
      });
    };
    auto out = co_await run_on(with_.core, std::move(work));
    co_return http::json_response(std::move(out));
  }

  awaitable<http::response> get(http::request_context& context) {
    const auto id = context.param("id");
    auto work = [this, id]() -> result<json::object> {
      auto facts = with_.notes.get(id);
      if (!facts) return facts.error();
      return note_json(with_, *facts);
    };
    co_return answer(co_await run_on(with_.core, std::move(work)));
  }

  awaitable<http::response> change(http::request_context& context) {
    http::json_reader in(context.json);
    const auto most_bytes = with_.config.notes.max_bytes;
    notes::note_patch patch;
    patch.base = in.text("base", 20'000);
    patch.text = in.long_text("text", most_bytes);
    patch.title = in.text("title", notes::max_title_bytes);
    patch.tags = in.texts("tags", notes::max_tags, notes::max_tag_bytes);
    patch.shared = in.boolean("shared");
    if (const auto* list = in.array("edits", notes::max_edits)) {
      patch.edits = read_edits(in, *list, most_bytes);
    }
    if (patch.text && patch.edits) in.fail("edits", "must not be given together with text");
    if (in.failed()) co_return http::error_response(in.error());
    const auto id = context.param("id");
    auto work = [this, id, patch = std::move(patch)]() -> result<json::object> {
      auto facts = with_.notes.change(id, patch);
      if (!facts) return facts.error();
      return note_json(with_, *facts);
    };
    co_return answer(co_await run_on(with_.core, std::move(work)));
  }

  awaitable<http::response> remove(http::request_context& context) {
    const auto id = context.param("id");
    auto work = [this, id]() -> result<json::object> {
      if (auto done = with_.notes.remove(id); !done) return done.error();
      return json::object{{"success", true}, {"note_id", id}};
    };
    co_return answer(co_await run_on(with_.core, std::move(work)));
  }

  awaitable<http::response> versions(http::request_context& context) {
    const auto id = context.param("id");
    auto query = http::read_page_query(context.head);
    if (!query) co_return http::error_response(query.error());
    auto work = [this, id, page = *query]() -> result<json::object> {
      auto all = with_.notes.versions(id);
      if (!all) return all.error();
      std::reverse(all->begin(), all->end());  // newest first, as the page shows them
      return page_of(*all, page, [this](const notes::version_facts& each) {
        return json::object{{"version", each.version},
                            {"author", each.author.text()},
                            {"author_name", with_.peers.name_of(each.author)},
                            {"time", time_value(each.time)},
                            {"summary", each.summary}};
      });
    };
    co_return answer(co_await run_on(with_.core, std::move(work)));
  }

  awaitable<http::response> version(http::request_context& context) {
    const auto id = context.param("id");
    const auto version = context.param("version");
    auto work = [this, id, version]() -> result<json::object> {
      auto text = with_.notes.text_at(id, version);
      if (!text) return text.error();
      return json::object{{"note_id", id}, {"version", version}, {"text", *text}};
    };
    co_return looked_up(co_await run_on(with_.core, std::move(work)));
  }

  awaitable<http::response> diff(http::request_context& context) {
    const auto id = context.param("id");
    const std::string from(context.head.parameter("from").value_or(""));
    const std::string to(context.head.parameter("to").value_or(""));
    if (from.empty()) {
      co_return http::error_response(
          400, "bad_query", "from: must name a version",
          "GET …/versions lists them; to is the present one if left out.");
    }
    auto take = [this, id, from, to]() -> result<two_texts> {
      auto facts = with_.notes.get(id);
      if (!facts) return facts.error();
      auto before = with_.notes.text_at(id, from);
      if (!before) return before.error();
      auto after = to.empty() ? result<std::string>(facts->text) : with_.notes.text_at(id, to);
      if (!after) return after.error();
      return two_texts{std::move(*before), std::move(*after), to.empty() ? facts->version : to};
    };
    auto texts = co_await run_on(with_.core, std::move(take));
    if (!texts) co_return looked_up(texts.error());
    auto compare = [from, texts = std::move(*texts)]() -> result<json::object> {
      json::array changes;
      for (const auto& each : line_diff(texts.before, texts.after)) {
        changes.push_back(json::object{{"op", name_of(each.what)}, {"text", each.text}});
      }
      return json::object{{"from", from}, {"to", texts.to}, {"changes", std::move(changes)}};
    };
    co_return looked_up(co_await run_on(with_.worker, std::move(compare)));
  }

  awaitable<http::response> restore(http::request_context& context) {
    http::json_reader in(context.json);
    const auto version = in.need_text("version", 20'000);
    if (in.failed()) co_return http::error_response(in.error());
    const auto id = context.param("id");
    auto work = [this, id, version]() -> result<json::object> {
      auto facts = with_.notes.restore(id, version);
      if (!facts) return facts.error();
      return note_json(with_, *facts);
    };
    co_return answer(co_await run_on(with_.core, std::move(work)));
  }

 private:
  struct two_texts {
    std::string before;
    std::string after;
    std::string to;  // the version of after
  };

  /// An answer to a request that names a version as the thing it asks for.
  static http::response looked_up(const result<json::object>& out) {
    if (out || out.error() != notes::errc::unknown_version) return answer(out);
    auto why = explain(out.error());
    why.status = 404;
    return http::error_response(why);
  }

  static http::response answer(const result<json::object>& out, unsigned status = 200) {
    return out ? http::json_response(*out, status) : failure(out.error());
  }

  const services with_;
};

using note_call = awaitable<http::response> (note_resource::*)(http::request_context&);

}  // namespace

void add_note_routes(http::router& router, const services& with) {
  using http::access;
  using http::method;
  auto self = std::make_shared<note_resource>(with);
  // A text of the largest size, with every character escaped, still fits.
  const auto body_bytes = with.config.notes.max_bytes * 2 + 1024 * 1024;
  const auto add = [&](method verb, const char* pattern, access needs, const char* summary,
                       note_call call, std::vector<std::string> query = {}) {
    http::route made(
        verb, pattern, needs, {"notes", summary},
        [self, call](http::request_context& context) { return (self.get()->*call)(context); });
    made.doc.query = std::move(query);
    if (verb == method::post || verb == method::patch) {
      made.takes(http::body_kind::json, body_bytes);
    }
    if (call == &note_resource::create) made.doc.status = 201;
    router.add(std::move(made));
  };
  add(method::post, "/api/notes", access::member, "Creates a note", &note_resource::create);
  add(method::get, "/api/notes", access::viewer, "Notes, newest or best match first",
      &note_resource::list, {"q", "tag", "limit", "cursor"});
  add(method::get, "/api/notes/{id}", access::viewer, "One note", &note_resource::get);
  add(method::patch, "/api/notes/{id}", access::member,
      "Changes a note against a version; edits apply one after the other", &note_resource::change);
  add(method::del, "/api/notes/{id}", access::member, "Deletes a note", &note_resource::remove);
  add(method::get, "/api/notes/{id}/versions", access::viewer, "Versions, newest first",
      &note_resource::versions, {"limit", "cursor"});
  add(method::get, "/api/notes/{id}/versions/{version}", access::viewer, "The text of a version",
      &note_resource::version);
  add(method::get, "/api/notes/{id}/diff", access::viewer, "What changed between two versions",
      &note_resource::diff, {"from", "to"});
  add(method::post, "/api/notes/{id}/restore", access::member,
      "Writes the text of an old version as a new change", &note_resource::restore);
}

}  // namespace hearth::api
