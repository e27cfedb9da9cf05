// /api/videos: upload, library, bytes.
#include "media/video/inspect_video.hpp"
#include "node/api/answers.hpp"
#include "node/api/resources.hpp"
#include "node/api/uploads.hpp"
#include "node/http/json_reader.hpp"

namespace hearth::api {
namespace {

constexpr std::size_t max_poster_bytes = 1024 * 1024;

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::array nodes_json(const services& with, const std::vector<node_id>& nodes) {
  json::array out;
  for (const auto& node : nodes) {
    out.push_back(json::object{{"node_id", node.text()}, {"name", with.peers.name_of(node)}});
  }
  return out;
}

json::object video_json(const services& with, const videos::video_facts& facts) {
  const auto base = "/api/videos/" + facts.id;
  json::array tags(facts.tags.begin(), facts.tags.end());
  json::value poster;
  if (facts.form.poster != bytes32{}) poster = base + "/poster";
  return {{"video_id", facts.id},
          {"name", facts.name},
          {"file_name", facts.form.file_name},
          {"size", facts.form.size_bytes},
          {"duration", seconds(milliseconds(facts.form.duration_ms))},
          {"width", facts.form.width},
          {"height", facts.form.height},
          {"container", facts.form.container},
          {"video_codec", text_or_null(facts.form.video_codec)},
          {"audio_codec", text_or_null(facts.form.audio_codec)},
          {"bitrate", facts.form.bitrate_bps},
          {"browser_playable", facts.form.browser_playable},
          {"uploaded_at", time_value(milliseconds(facts.form.uploaded_ms))},
          {"uploaded_by", with.peers.name_of(facts.uploaded_by)},
          {"node_id", facts.uploaded_by.text()},
          {"tags", std::move(tags)},
          {"nodes", nodes_json(with, facts.nodes)},
          {"file_url", base + "/file"},
          {"poster_url", poster}};
}

std::optional<videos::order> parse_order(std::string_view name) {
  if (name.empty() || name == "newest" || name == "-uploaded_at") return videos::order::newest;
  if (name == "oldest" || name == "uploaded_at") return videos::order::oldest;
  if (name == "name") return videos::order::name;
  if (name == "size") return videos::order::size;
  if (name == "duration") return videos::order::duration;
  return std::nullopt;
}

std::string content_type_of(const std::string& container) {
  if (container == "mp4" || container == "mov") return "video/mp4";
  if (container == "webm") return "video/webm";
  if (container == "matroska") return "video/x-matroska";
  if (container == "avi") return "video/x-msvideo";
  if (container == "flv") return "video/x-flv";
  if (container == "asf") return "video/x-ms-wmv";
  return "application/octet-stream";
}

videos::video_form form_of(const uploaded_file& file, const video::video_info& info,
                           milliseconds now) {
  videos::video_form form;
  form.file_name = file.file_name;
  form.content = file.blob.id.hash;
  form.size_bytes = file.blob.pieces.size_bytes;
  form.container = video::container_name(info.kind);
  form.duration_ms = static_cast<std::int64_t>(info.duration_ms);
  form.width = info.width;
  form.height = info.height;
  form.video_codec = info.video_codec;
  form.audio_codec = info.audio_codec;
  form.bitrate_bps = info.bitrate_bps;
  form.browser_playable = info.browser_playable;
  form.uploaded_ms = now.count();
  return form;
}

class video_resource {
 public:
  explicit video_resource(const services& with) : with_(with) {}

  awaitable<http::response> upload(http::request_context& context) {
    auto file = co_await take_upload(context, with_, with_.config.videos.max_upload_bytes);
    if (!file) co_return http::error_response(file.error());
    auto made = co_await finish_upload(std::move(*file));
    if (!made) co_return http::error_response(made.error());
    co_return http::json_response(video_json(with_, *made), 201);
  }

  awaitable<http::response> list(http::request_context& context) {
    auto query = http::read_page_query(context.head);
    if (!query) co_return http::error_response(query.error());
    const auto by = parse_order(context.head.parameter("sort").value_or(""));
    if (!by) {
      co_return http::error_response(400, "bad_query", "there is no such order",
                                     "sort is newest, oldest, name, size or duration");
    }
    const std::string words(context.head.parameter("q").value_or(""));
    auto work = [this, words, by = *by, page = *query] {
      return page_of(with_.videos.list(words, by), page,
                     [this](const auto& facts) { return video_json(with_, facts); });
    };
    auto out = co_await run_on(with_.core, std::move(work));
    co_return http::json_response(std::move(out));
  }

  awaitable<http::response> get(http::request_context& context) {
    const auto id = context.param("id");
    auto work = [this, id]() -> result<json::object> {
      auto facts = with_.videos.get(id);
      if (!facts) return facts.error();
      return video_json(with_, *facts);
    };
    auto out = co_await run_on(with_.core, std::move(work));
    if (!out) co_return failure(out.error());
    co_return http::json_response(std::move(*out));
  }

  awaitable<http::response> file(http::request_context& context) {
    const auto id = context.param("id");
    auto work = [this, id] { return with_.videos.get(id); };
    auto facts = co_await run_on(with_.core, std::move(work));
    if (!facts) co_return failure(facts.error());
    const blobs::blob_id blob{facts->form.content};
    auto source = co_await with_.remote_blobs.open(blob, holders(*facts));
    if (!source) co_return failure(source.error());
    http::content_info info;
    info.type = content_type_of(facts->form.container);
    info.etag = '"' + to_hex(facts->form.content) + '"';
    auto out = http::ranged_response(context.head, *source, info);
    if (context.head.parameter("download")) {
      out.set("Content-Disposition", http::attachment_named(facts->form.file_name));
    }
    co_return out;
  }

  awaitable<http::response> poster(http::request_context& context) {
    const auto id = context.param("id");
    auto work = [this, id] { return with_.videos.get(id); };
    auto facts = co_await run_on(with_.core, std::move(work));
    if (!facts) co_return failure(facts.error());
    if (facts->form.poster == bytes32{}) {
      co_return http::error_response(404, "no_poster", "no picture of this video could be made");
    }
    const blobs::blob_id blob{facts->form.poster};
    auto content = co_await with_.remote_blobs.read_whole(blob, holders(*facts), max_poster_bytes);
    if (!content) co_return failure(content.error());
    http::content_info info;
    info.type = "image/jpeg";
    info.etag = '"' + to_hex(facts->form.poster) + '"';
    info.cache_control = "private, max-age=86400";
    auto shared = std::make_shared<const bytes>(std::move(*content));
    co_return http::content_response(context.head, http::shared_body(std::move(shared)), info);
  }

  awaitable<http::response> change(http::request_context& context) {
    const auto id = context.param("id");
    http::json_reader in(context.json);
    auto name = in.text("name", 100);
    auto tags = in.texts("tags", videos::max_tags, 50);
    if (in.failed()) co_return http::error_response(in.error());
    auto work = [this, id, name, tags]() -> result<json::object> {
      auto facts = with_.videos.change(id, name, tags);
      if (!facts) return facts.error();
      return video_json(with_, *facts);
    };
    auto out = co_await run_on(with_.core, std::move(work));
    if (!out) co_return failure(out.error());
    co_return http::json_response(std::move(*out));
  }

  awaitable<http::response> remove(http::request_context& context) {
    const auto id = context.param("id");
    auto work = [this, id] { return with_.videos.remove(id); };
    auto facts = co_await run_on(with_.core, std::move(work));
    if (!facts) co_return failure(facts.error());
    co_return http::json_response(json::object{{"success", true}, {"video_id", facts->id}});
  }

 private:
  /// Nodes that have the bytes, those that are linked now.
  std::vector<node_id> holders(const videos::video_facts& facts) const {
    std::vector<node_id> out;
    for (const auto& node : facts.nodes) {
      if (node != with_.self && with_.peers.is_linked(node)) out.push_back(node);
    }
    return out;
  }

  awaitable<http::answer<videos::video_facts>> finish_upload(uploaded_file file) {
    auto open = [this, id = file.blob.id] { return with_.blobs.open_file(id); };
    auto input = co_await run_on(with_.worker, std::move(open));
    if (!input) co_return explain(input.error());
    auto info = co_await video::inspect_video(with_.workers, input->descriptor());
    if (!info) co_return explain(info.error());
    auto form = form_of(file, *info, with_.time.wall());
    if (!info->poster.empty()) {
      auto keep = [this, hold = file.hold, &content = info->poster] {
        return store_bytes(with_.blobs, *hold, content);
      };
      auto poster = co_await run_on(with_.worker, std::move(keep));
      if (!poster) co_return explain(poster.error());
      form.poster = poster->id.hash;
    }
    const auto given = file.fields.find("name");
    auto name =
        given != file.fields.end() && !given->second.empty() ? given->second : file.file_name;
    if (name.empty()) name = "video";
    auto add = [this, made = std::move(form), name] { return with_.videos.add(made, name); };
    auto facts = co_await run_on(with_.core, std::move(add));
    if (!facts) co_return explain(facts.error());
    co_return std::move(*facts);
  }

  const services with_;
};

}  // namespace

void add_video_routes(http::router& router, const services& with) {
  using http::access;
  using http::method;
  auto self = std::make_shared<video_resource>(with);
  http::route upload(method::post, "/api/videos", access::member,
                     {"videos", "Uploads a video (multipart: file, name)"},
                     [self](http::request_context& context) { return self->upload(context); });
  upload.takes(http::body_kind::stream, with.config.videos.max_upload_bytes + 64 * 1024);
  upload.doc.status = 201;
  router.add(std::move(upload));
  http::route_doc list{"videos", "The library"};
  list.query = {"q", "sort", "limit", "cursor"};
  router.add({method::get, "/api/videos", access::viewer, std::move(list),
              [self](http::request_context& context) { return self->list(context); }});
  router.add({method::get,
              "/api/videos/{id}",
              access::viewer,
              {"videos", "One video"},
              [self](http::request_context& context) { return self->get(context); }});
  http::route_doc file{"videos", "The video's bytes, whole or by Range"};
  file.media_type = "video/*";
  file.query = {"download"};
  router.add({method::get, "/api/videos/{id}/file", access::viewer, std::move(file),
              [self](http::request_context& context) { return self->file(context); }});
  http::route_doc poster{"videos", "A picture of the video"};
  poster.media_type = "image/jpeg";
  router.add({method::get, "/api/videos/{id}/poster", access::viewer, std::move(poster),
              [self](http::request_context& context) { return self->poster(context); }});
  http::route change(method::patch, "/api/videos/{id}", access::member,
                     {"videos", "Changes name or tags"},
                     [self](http::request_context& context) { return self->change(context); });
  change.takes(http::body_kind::json);
  router.add(std::move(change));
  router.add({method::del,
              "/api/videos/{id}",
              access::member,
              {"videos", "Deletes a video"},
              [self](http::request_context& context) { return self->remove(context); }});
}

}  // namespace hearth::api
