#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "tools/nodectl/session.hpp"
#include "tools/nodectl/terminal.hpp"

namespace hearth::nodectl {
namespace {

struct video_words {
  std::string id, file, name, query, sort;
};

std::optional<std::string> address_of(session& in, const video_words& given) {
  const auto id = in.whole_id("/api/videos", "video_id", given.id);
  if (!id) return std::nullopt;
  return "/api/videos/" + segment(*id);
}

std::string pixels(const boost::json::value& one) {
  const auto width = text_of(one, "width");
  return width.empty() ? "" : width + "x" + text_of(one, "height");
}

exit_code list(session& in, const video_words& given) {
  std::string path = "/api/videos";
  if (!given.query.empty()) path += "?q=" + segment(given.query);
  if (!given.sort.empty())
    path += (given.query.empty() ? "?sort=" : "&sort=") + segment(given.sort);
  const auto items = in.list(path);
  if (!items) return in.code();
  if (in.printed(*items)) return exit_code::done;
  if (items->empty()) {
    in.out() << "There are no videos.\n";
    return exit_code::done;
  }
  table rows({"NAME", "LENGTH", "PIXELS", "SIZE", "UPLOADED", "ID"});
  for (const auto& one : *items) {
    const bool known = !text_of(one, "duration").empty();
    rows.row({text_of(one, "name"), known ? duration_text(number_of(one, "duration")) : "",
              pixels(one), size_text(number_of(one, "size")), text_of(one, "uploaded_at"),
              text_of(one, "video_id")});
  }
  rows.print(in.out());
  return exit_code::done;
}

exit_code print_one(session& in, const std::optional<reply>& answer) {
  if (!answer) return in.code();
  if (in.printed(*answer)) return exit_code::done;
  const auto& one = answer->json;
  const bool sized = !text_of(one, "size").empty();
  const bool timed = !text_of(one, "duration").empty();
  print_fields(in.out(), {{"video", text_of(one, "video_id")},
                          {"name", text_of(one, "name")},
                          {"length", timed ? duration_text(number_of(one, "duration")) : ""},
                          {"pixels", pixels(one)},
                          {"size", sized ? size_text(number_of(one, "size")) : ""},
                          {"video codec", text_of(one, "video_codec")},
                          {"audio codec", text_of(one, "audio_codec")},
                          {"bitrate", text_of(one, "bitrate")},
                          {"uploaded", text_of(one, "uploaded_at")},
                          {"tags", text_of(one, "tags")},
                          {"copies on", text_of(one, "nodes")}});
  return exit_code::done;
}

exit_code send(session& in, const video_words& given) {
  return print_one(in, in.send_file("/api/videos", {given.file, {}}));
}

exit_code show(session& in, const video_words& given) {
  const auto path = address_of(in, given);
  if (!path) return in.code();
  return print_one(in, in.get(*path));
}

exit_code rename(session& in, const video_words& given) {
  const auto path = address_of(in, given);
  if (!path) return in.code();
  const auto answer =
      in.call(http::method::patch, *path, boost::json::object{{"name", given.name}});
  if (!answer) return in.code();
  if (!in.printed(*answer)) in.out() << "Renamed.\n";
  return exit_code::done;
}

exit_code remove(session& in, const video_words& given) {
  const auto path = address_of(in, given);
  if (!path) return in.code();
  const auto answer = in.call(http::method::del, *path);
  if (!answer) return in.code();
  if (!in.printed(*answer)) in.out() << "Deleted.\n";
  return exit_code::done;
}

}  // namespace

void add_videos(CLI::App& app, action& chosen) {
  auto* noun = app.add_subcommand("videos", "The video library")->require_subcommand(1);
  const auto given = std::make_shared<video_words>();
  const auto add = [&](const std::string& name, const std::string& about,
                       exit_code (*does)(session&, const video_words&)) {
    auto* out = noun->add_subcommand(name, about);
    out->callback([&chosen, does, given] {
      chosen = [does, given](session& in) { return does(in, *given); };
    });
    return out;
  };
  const auto with_id = [&](const std::string& name, const std::string& about,
                           exit_code (*does)(session&, const video_words&)) {
    auto* out = add(name, about, does);
    out->add_option("ID", given->id, "The video's id, or its beginning")->required();
    return out;
  };
  auto* listed = add("list", "Videos of all nodes", list);
  listed->add_option("--query", given->query, "Only names with these words");
  listed->add_option("--sort", given->sort);
  add("upload", "Adds a video", send)->add_option("FILE", given->file)->required();
  with_id("show", "One video", show);
  with_id("rename", "Gives it another name", rename)->add_option("NAME", given->name)->required();
  with_id("delete", "Deletes it", remove);
}

}  // namespace hearth::nodectl
