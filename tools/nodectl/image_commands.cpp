#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "tools/nodectl/session.hpp"
#include "tools/nodectl/terminal.hpp"

namespace hearth::nodectl {
namespace {

struct image_words {
  std::string stream, id, file, visibility;
};

std::optional<std::string> images_of(session& in, const image_words& given) {
  const auto id = in.whole_id("/api/streams/all", "stream_id", given.stream);
  if (!id) return std::nullopt;
  return "/api/streams/" + segment(*id) + "/images";
}

std::string pixels(const boost::json::value& one) {
  const auto width = text_of(one, "width");
  return width.empty() ? "" : width + "x" + text_of(one, "height");
}

exit_code list(session& in, const image_words& given) {
  const auto path = images_of(in, given);
  if (!path) return in.code();
  const auto items = in.list(*path);
  if (!items) return in.code();
  if (in.printed(*items)) return exit_code::done;
  if (items->empty()) {
    in.out() << "This stream has no images.\n";
    return exit_code::done;
  }
  table rows({"ID", "PIXELS", "FORMAT", "SIZE", "VISIBILITY", "VIEWS"});
  for (const auto& one : *items) {
    rows.row({text_of(one, "image_id"), pixels(one), text_of(one, "format"),
              size_text(number_of(one, "size")), text_of(one, "visibility"),
              text_of(one, "views")});
  }
  rows.print(in.out());
  return exit_code::done;
}

exit_code print_one(session& in, const std::optional<reply>& answer) {
  if (!answer) return in.code();
  if (in.printed(*answer)) return exit_code::done;
  const auto& one = answer->json;
  print_fields(in.out(), {{"image", text_of(one, "image_id")},
                          {"stream", text_of(one, "stream_id")},
                          {"pixels", pixels(one)},
                          {"format", text_of(one, "format")},
                          {"size", size_text(number_of(one, "size"))},
                          {"visibility", text_of(one, "visibility")},
                          {"views", text_of(one, "views")},
                          {"thumbnail", text_of(one, "thumbnail_url")},
                          {"original", text_of(one, "url")}});
  return exit_code::done;
}

exit_code send(session& in, const image_words& given) {
  const auto path = images_of(in, given);
  if (!path) return in.code();
  upload what{given.file, {}};
  if (!given.visibility.empty()) what.fields["visibility"] = given.visibility;
  return print_one(in, in.send_file(*path, what));
}

exit_code show(session& in, const image_words& given) {
  return print_one(in, in.get("/api/images/" + segment(given.id)));
}

exit_code set_visibility(session& in, const image_words& given) {
  const auto answer = in.call(http::method::patch, "/api/images/" + segment(given.id),
                              boost::json::object{{"visibility", given.visibility}});
  if (!answer) return in.code();
  if (!in.printed(*answer)) in.out() << "The image is " << harmless(given.visibility) << " now.\n";
  return exit_code::done;
}

exit_code remove(session& in, const image_words& given) {
  const auto answer = in.call(http::method::del, "/api/images/" + segment(given.id));
  if (!answer) return in.code();
  if (!in.printed(*answer)) in.out() << "Deleted.\n";
  return exit_code::done;
}

}  // namespace

void add_images(CLI::App& app, action& chosen) {
  auto* noun = app.add_subcommand("images", "Images of streams")->require_subcommand(1);
  const auto given = std::make_shared<image_words>();
  const auto add = [&](const std::string& name, const std::string& about,
                       exit_code (*does)(session&, const image_words&)) {
    auto* out = noun->add_subcommand(name, about);
    out->callback([&chosen, does, given] {
      chosen = [does, given](session& in) { return does(in, *given); };
    });
    return out;
  };
  const std::string levels = "public, private or subscribers";
  add("list", "Images of a stream", list)->add_option("STREAM", given->stream)->required();
  auto* sent = add("upload", "Adds an image to a stream", send);
  sent->add_option("STREAM", given->stream)->required();
  sent->add_option("FILE", given->file)->required();
  sent->add_option("--visibility", given->visibility, levels);
  add("show", "One image", show)->add_option("ID", given->id)->required();
  auto* changed = add("visibility", "Changes who may see it", set_visibility);
  changed->add_option("ID", given->id)->required();
  changed->add_option("VISIBILITY", given->visibility, levels)->required();
  add("delete", "Deletes it", remove)->add_option("ID", given->id)->required();
}

}  // namespace hearth::nodectl
