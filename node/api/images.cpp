// Images of streams: upload, gallery, bytes, visibility.
#include "media/image/inspect_image.hpp"
#include "node/api/answers.hpp"
#include "node/api/resources.hpp"
#include "node/api/uploads.hpp"
#include "node/http/json_reader.hpp"

namespace hearth::api {
namespace {

constexpr std::size_t max_thumbnail_bytes = 256 * 1024;

images::audience audience_of(const http::request_context& context) {
  if (http::allows(http::access::owner, context.who.rank)) return images::audience::owner;
  if (http::allows(http::access::member, context.who.rank)) return images::audience::member;
  return images::audience::viewer;
}

json::object image_json(const services& with, const images::image_facts& facts) {
  const auto base = "/api/images/" + facts.id;
  return {{"image_id", facts.id},
          {"stream_id", facts.form.stream_id},
          {"file_name", facts.form.file_name},
          {"width", facts.form.width},
          {"height", facts.form.height},
          {"format", facts.form.format},
          {"size", facts.form.size_bytes},
          {"visibility", images::visibility_name(facts.seen_by)},
          {"thumbnail_url", base + "/thumbnail"},
          {"url", base + "/original"},
          {"placeholder", "data:image/webp;base64," + to_base64(facts.form.placeholder)},
          {"node_id", facts.owner.text()},
          {"node_name", with.peers.name_of(facts.owner)},
          {"own", facts.own},
          {"uploaded_at", time_value(milliseconds(facts.form.uploaded_ms))}};
}

http::api_error bad_visibility() {
  return {400, "bad_field", "visibility: must be public, private or subscribers", ""};
}

class image_resource {
 public:
  explicit image_resource(const services& with) : with_(with) {}

  awaitable<http::response> upload(http::request_context& context) {
    const auto stream_id = context.param("id");
    auto ask = [this, stream_id]() -> result<std::string> {
      auto stream = with_.streams.get(stream_id);
      if (!stream) return stream.error();
      if (auto room = with_.images.check_room(stream->id); !room) return room.error();
      return stream->id;
    };
    auto stream = co_await run_on(with_.core, std::move(ask));
    if (!stream) co_return failure(stream.error());
    auto file = co_await take_upload(context, with_, with_.config.images.max_upload_bytes);
    if (!file) co_return http::error_response(file.error());
    auto made = co_await finish_upload(std::move(*file), *stream);
    if (!made) co_return http::error_response(made.error());
    co_return http::json_response(image_json_on_core(*made), 201);
  }

  awaitable<http::response> list(http::request_context& context) {
    const auto id = context.param("id");
    auto query = http::read_page_query(context.head);
    if (!query) co_return http::error_response(query.error());
    const auto who = audience_of(context);
    auto work = [this, id, who, page = *query]() -> result<json::object> {
      auto stream = with_.streams.get(id);
      if (!stream) return stream.error();
      return page_of(with_.images.list(stream->id, who), page,
                     [this](const auto& facts) { return image_json(with_, facts); });
    };
    auto out = co_await run_on(with_.core, std::move(work));
    if (!out) co_return failure(out.error());
    co_return http::json_response(std::move(*out));
  }

  awaitable<http::response> get(http::request_context& context) {
    auto facts = co_await find(context);
    if (!facts) co_return failure(facts.error());
    co_return http::json_response(image_json_on_core(*facts));
  }

  awaitable<http::response> original(http::request_context& context) {
    auto facts = co_await find(context);
    if (!facts) co_return failure(facts.error());
    const blobs::blob_id blob{facts->form.content};
    const std::vector<node_id> holders(1, facts->owner);
    auto source = co_await with_.remote_blobs.open(blob, holders);
    if (!source) co_return failure(source.error());
    http::content_info info;
    info.type = "image/" + facts->form.format;
    info.etag = '"' + to_hex(facts->form.content) + '"';
    info.cache_control = "private, max-age=3600";
    auto out = http::ranged_response(context.head, *source, info);
    out.set("Content-Disposition", "inline; " + http::attachment_named(facts->form.file_name)
                                                    .substr(std::string("attachment; ").size()));
    co_return out;
  }

  awaitable<http::response> thumbnail(http::request_context& context) {
    auto facts = co_await find(context);
    if (!facts) co_return failure(facts.error());
    const blobs::blob_id blob{facts->form.thumbnail};
    const std::vector<node_id> holders(1, facts->owner);
    auto content = co_await with_.remote_blobs.read_whole(blob, holders, max_thumbnail_bytes);
    if (!content) co_return failure(content.error());
    http::content_info info;
    info.type = "image/jpeg";
    info.etag = '"' + to_hex(facts->form.thumbnail) + '"';
    info.cache_control = "private, max-age=" + std::to_string(with_.config.cache.ttl_hours * 3600);
    auto shared = std::make_shared<const bytes>(std::move(*content));
    co_return http::content_response(context.head, http::shared_body(std::move(shared)), info);
  }

  awaitable<http::response> change(http::request_context& context) {
    const auto id = context.param("id");
    http::json_reader in(context.json);
    const auto wanted = images::parse_visibility(in.need_text("visibility", 20));
    if (in.failed()) co_return http::error_response(in.error());
    if (!wanted) co_return http::error_response(bad_visibility());
    auto work = [this, id, to = *wanted] { return with_.images.set_visibility(id, to); };
    auto facts = co_await run_on(with_.core, std::move(work));
    if (!facts) co_return failure(facts.error());
    co_return http::json_response(image_json_on_core(*facts));
  }

  awaitable<http::response> remove(http::request_context& context) {
    const auto id = context.param("id");
    auto work = [this, id] { return with_.images.remove(id); };
    auto facts = co_await run_on(with_.core, std::move(work));
    if (!facts) co_return failure(facts.error());
    co_return http::json_response(json::object{{"success", true}, {"image_id", facts->id}});
  }

 private:
  json::object image_json_on_core(const images::image_facts& facts) const {
    return image_json(with_, facts);
  }

  awaitable<result<images::image_facts>> find(http::request_context& context) {
    const auto id = context.param("id");
    const auto who = audience_of(context);
    auto work = [this, id, who] { return with_.images.get(id, who); };
    co_return co_await run_on(with_.core, std::move(work));
  }

  awaitable<http::answer<images::image_facts>> finish_upload(uploaded_file file,
                                                             std::string stream_id) {
    const auto wanted = file.fields.contains("visibility") ? file.fields["visibility"] : "public";
    const auto seen_by = images::parse_visibility(wanted);
    if (!seen_by) co_return bad_visibility();
    auto open = [this, id = file.blob.id] { return with_.blobs.open_file(id); };
    auto input = co_await run_on(with_.worker, std::move(open));
    if (!input) co_return explain(input.error());
    auto info = co_await image::inspect_image(with_.workers, input->descriptor());
    if (!info) co_return explain(info.error());
    auto keep = [this, hold = file.hold, &content = info->thumbnail] {
      return store_bytes(with_.blobs, *hold, content);
    };
    auto thumbnail = co_await run_on(with_.worker, std::move(keep));
    if (!thumbnail) co_return explain(thumbnail.error());
    images::image_form form;
    form.stream_id = std::move(stream_id);
    form.file_name = std::move(file.file_name);
    form.format = image::format_name(info->format);
    form.content = file.blob.id.hash;
    form.thumbnail = thumbnail->id.hash;
    form.placeholder = std::move(info->placeholder);
    form.size_bytes = file.blob.pieces.size_bytes;
    form.width = info->width;
    form.height = info->height;
    form.uploaded_ms = with_.time.wall().count();
    auto add = [this, made = std::move(form), to = *seen_by] { return with_.images.add(made, to); };
    auto facts = co_await run_on(with_.core, std::move(add));
    if (!facts) co_return explain(facts.error());
    co_return std::move(*facts);
  }

  const services with_;
};

}  // namespace

void add_image_routes(http::router& router, const services& with) {
  using http::access;
  using http::method;
  auto self = std::make_shared<image_resource>(with);
  http::route upload(method::post, "/api/streams/{id}/images", access::member,
                     {"images", "Uploads an image (multipart: file, visibility)"},
                     [self](http::request_context& context) { return self->upload(context); });
  upload.takes(http::body_kind::stream, with.config.images.max_upload_bytes + 64 * 1024);
  upload.doc.status = 201;
  router.add(std::move(upload));
  router.add({method::get,
              "/api/streams/{id}/images",
              access::viewer,
              {"images", "The gallery of a stream"},
              [self](http::request_context& context) { return self->list(context); }});
  router.add({method::get,
              "/api/images/{id}",
              access::viewer,
              {"images", "One image"},
              [self](http::request_context& context) { return self->get(context); }});
  http::route_doc original{"images", "The image as it was uploaded"};
  original.media_type = "image/*";
  router.add({method::get, "/api/images/{id}/original", access::viewer, std::move(original),
              [self](http::request_context& context) { return self->original(context); }});
  http::route_doc thumbnail{"images", "200x200 JPEG"};
  thumbnail.media_type = "image/jpeg";
  router.add({method::get, "/api/images/{id}/thumbnail", access::viewer, std::move(thumbnail),
              [self](http::request_context& context) { return self->thumbnail(context); }});
  router.add(std::move(
      http::route(method::patch, "/api/images/{id}", access::member,
                  {"images", "Changes who may see an image"},
                  [self](http::request_context& context) { return self->change(context); })
          .takes(http::body_kind::json)));
  router.add({method::del,
              "/api/images/{id}",
              access::member,
              {"images", "Deletes an image"},
              [self](http::request_context& context) { return self->remove(context); }});
}

}  // namespace hearth::api
