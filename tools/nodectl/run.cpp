#include <CLI/CLI.hpp>

#include "tools/nodectl/session.hpp"
#include "tools/nodectl/terminal.hpp"

namespace hearth::nodectl {
namespace {

exit_code show_status(session& in) {
  const auto answer = in.get("/api/status");
  if (!answer) return in.code();
  if (in.printed(*answer)) return exit_code::done;
  const auto& about = answer->json;
  const auto* object = about.if_object();
  const auto* counts = object == nullptr ? nullptr : object->if_contains("counts");
  const boost::json::value none;
  const auto& of = counts == nullptr ? none : *counts;
  print_fields(in.out(), {{"node", text_of(about, "node_name")},
                          {"id", text_of(about, "node_id")},
                          {"version", text_of(about, "version")},
                          {"up for", duration_text(number_of(about, "uptime"))},
                          {"live streams", text_of(of, "active_streams")},
                          {"videos", text_of(of, "videos")},
                          {"images", text_of(of, "images")},
                          {"notes", text_of(of, "notes")},
                          {"peers connected", text_of(of, "peers")}});
  return exit_code::done;
}

}  // namespace

void add_status(CLI::App& app, action& chosen) {
  app.add_subcommand("status", "What this node is and holds")->callback([&chosen] {
    chosen = show_status;
  });
}

exit_code run(const std::vector<std::string>& args, const config::environment& around,
              std::istream& in, std::ostream& out, std::ostream& err) {
  CLI::App app("nodectl: talks to a Hearth node over the Unix socket in its data directory",
               "nodectl");
  app.set_version_flag("--version", "nodectl " HEARTH_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  std::string data_dir;
  bool json = false;
  app.add_option("--data-dir", data_dir, "The node's data directory");
  app.add_flag("--json", json, "Print the node's answer as JSON");
  action chosen;
  add_status(app, chosen);
  add_streams(app, chosen);
  add_notes(app, chosen);
  add_images(app, chosen);
  add_videos(app, chosen);
  add_peers(app, chosen);
  add_config(app, chosen, around);
  try {
    app.parse(
        std::vector<std::string>(args.rbegin(), args.rend()));  // it takes words from the back
  } catch (const CLI::ParseError& e) {  // the library's only way to say so; it ends here
    const auto code = app.exit(e, out, err);
    return code == 0 ? exit_code::done : exit_code::usage;
  }
  if (data_dir.empty()) {
    const auto variable = around.variables.find("HEARTH_DATA_DIR");
    data_dir = variable != around.variables.end() ? variable->second
                                                  : config::default_data_dir(around).string();
  }
  session asked(client(std::filesystem::path(data_dir) / "hearthd.sock"), json, in, out, err);
  return chosen(asked);
}

}  // namespace hearth::nodectl
