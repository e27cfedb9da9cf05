#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "tools/nodectl/session.hpp"
#include "tools/nodectl/terminal.hpp"

namespace hearth::nodectl {
namespace {

struct stream_words {
  std::string id, name, description, resolution;
  std::int64_t bitrate = 0;
  bool own = false;
};
using words = std::shared_ptr<stream_words>;

std::optional<std::string> address_of(session& in, const stream_words& given,
                                      const std::string& verb = {}) {
  const auto id = in.whole_id("/api/streams/all", "stream_id", given.id);
  if (!id) return std::nullopt;
  return "/api/streams/" + segment(*id) + verb;
}

exit_code list(session& in, const stream_words& given) {
  const auto items = in.list(given.own ? "/api/streams" : "/api/streams/all");
  if (!items) return in.code();
  if (in.printed(*items)) return exit_code::done;
  if (items->empty()) {
    in.out() << "There are no streams.\n";
    return exit_code::done;
  }
  table rows({"NAME", "STATUS", "RESOLUTION", "VIEWERS", "NODE", "ID"});
  for (const auto& one : *items) {
    auto node = text_of(one, "node_name");
    if (node.empty()) node = text_of(one, "node_id");
    rows.row({text_of(one, "stream_name"), text_of(one, "status"), text_of(one, "resolution"),
              text_of(one, "viewers"), node, text_of(one, "stream_id")});
  }
  rows.print(in.out());
  return exit_code::done;
}

exit_code create(session& in, const stream_words& given) {
  boost::json::object body{{"stream_name", given.name}};
  if (!given.description.empty()) body["description"] = given.description;
  if (!given.resolution.empty()) body["resolution"] = given.resolution;
  if (given.bitrate > 0) body["bitrate"] = given.bitrate;
  const auto answer = in.call(http::method::post, "/api/streams/create", body);
  if (!answer) return in.code();
  if (in.printed(*answer)) return exit_code::done;
  print_fields(in.out(), {{"stream", text_of(answer->json, "stream_id")},
                          {"RTMP address", text_of(answer->json, "rtmp_url")},
                          {"stream key", text_of(answer->json, "stream_key")},
                          {"status", text_of(answer->json, "status")}});
  return exit_code::done;
}

exit_code show(session& in, const stream_words& given) {
  const auto path = address_of(in, given);
  if (!path) return in.code();
  const auto answer = in.get(*path);
  if (!answer) return in.code();
  if (in.printed(*answer)) return exit_code::done;
  const auto& one = answer->json;
  const bool live = text_of(one, "status") == "live";
  print_fields(in.out(), {{"name", text_of(one, "stream_name")},
                          {"id", text_of(one, "stream_id")},
                          {"description", text_of(one, "description")},
                          {"status", text_of(one, "status")},
                          {"error", text_of(one, "error")},
                          {"node", text_of(one, "node_id")},
                          {"RTMP address", text_of(one, "rtmp_url")},
                          {"stream key", text_of(one, "stream_key")},
                          {"resolution", text_of(one, "resolution")},
                          {"frame rate", text_of(one, "fps")},
                          {"video", text_of(one, "video_codec")},
                          {"audio", text_of(one, "audio_codec")},
                          {"bitrate", text_of(one, "bitrate")},
                          {"up for", live ? duration_text(number_of(one, "uptime")) : ""},
                          {"received", live ? size_text(number_of(one, "bytes_received")) : ""},
                          {"dropped", text_of(one, "dropped")},
                          {"viewers", text_of(one, "viewers")},
                          {"playlist", text_of(one, "playlist_url")}});
  return exit_code::done;
}

exit_code start(session& in, const stream_words& given) {
  const auto path = address_of(in, given, "/start");
  if (!path) return in.code();
  const auto answer = in.call(http::method::post, *path, boost::json::object{});
  if (!answer) return in.code();
  if (in.printed(*answer)) return exit_code::done;
  const bool running = text_of(answer->json, "already_running") == "yes";
  in.out() << (running ? "Was running already. " : "Started. ")
           << "Playlist: " << text_of(answer->json, "playlist_url") << '\n';
  return exit_code::done;
}

exit_code change(session& in, const stream_words& given, http::method verb, const std::string& end,
                 std::string_view done) {
  const auto path = address_of(in, given, end);
  if (!path) return in.code();
  std::optional<boost::json::value> body;
  if (verb == http::method::post) body = boost::json::object{};
  const auto answer = in.call(verb, *path, body);
  if (!answer) return in.code();
  if (!in.printed(*answer)) in.out() << done << '\n';
  return exit_code::done;
}

exit_code clean_up(session& in) {
  const auto answer = in.call(http::method::post, "/api/streams/cleanup", boost::json::object{});
  if (!answer) return in.code();
  if (in.printed(*answer)) return exit_code::done;
  const auto message = text_of(answer->json, "message");
  in.out() << (message.empty() ? text_of(answer->json, "cleaned_up") + " cleaned up" : message)
           << '\n';
  return exit_code::done;
}

CLI::App* command(CLI::App& noun, const std::string& name, const std::string& about, action& chosen,
                  action does) {
  auto* out = noun.add_subcommand(name, about);
  out->callback([&chosen, does] { chosen = does; });
  return out;
}

}  // namespace

void add_streams(CLI::App& app, action& chosen) {
  auto* noun = app.add_subcommand("streams", "Live streams")->require_subcommand(1);
  const auto given = std::make_shared<stream_words>();
  command(*noun, "list", "Streams of all nodes", chosen, [given](session& in) {
    return list(in, *given);
  })->add_flag("--own", given->own, "Only those of this node");
  auto* made = command(*noun, "create", "Makes a stream and shows its key", chosen,
                       [given](session& in) { return create(in, *given); });
  made->add_option("NAME", given->name)->required();
  made->add_option("--description", given->description);
  made->add_option("--resolution", given->resolution, "480p, 720p, 1080p, 2K or 4K");
  made->add_option("--bitrate", given->bitrate, "Mbit/s");
  const auto with_id = [&](const std::string& name, const std::string& about, action does) {
    command(*noun, name, about, chosen, std::move(does))
        ->add_option("ID", given->id, "The stream's id, its beginning, or its key")
        ->required();
  };
  with_id("show", "One stream", [given](session& in) { return show(in, *given); });
  with_id("start", "Starts serving it", [given](session& in) { return start(in, *given); });
  with_id("stop", "Stops it", [given](session& in) {
    return change(in, *given, http::method::post, "/stop", "Stopped.");
  });
  with_id("delete", "Deletes it with its key and images",
          [given](session& in) { return change(in, *given, http::method::del, "", "Deleted."); });
  command(*noun, "cleanup", "Ends streams whose publisher is dead", chosen, clean_up);
}

}  // namespace hearth::nodectl
