#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "tools/nodectl/session.hpp"
#include "tools/nodectl/terminal.hpp"

namespace hearth::nodectl {
namespace {

boost::json::array as_json(const std::vector<config::problem>& problems) {
  boost::json::array out;
  for (const auto& one : problems) {
    out.push_back(boost::json::object{
        {"where", one.where}, {"key", one.key}, {"message", one.message}, {"hint", one.hint}});
  }
  return out;
}

/// Reads a node.conf as the node would; needs no node.
exit_code check(session& in, const config::environment& around, const std::string& file) {
  std::vector<std::string> args{"--data-dir", in.data_dir().string()};
  if (!file.empty()) args.insert(args.end(), {"--config", file});
  const auto loaded = config::load(args, around);
  if (in.json()) {
    const boost::json::object out{{"errors", as_json(loaded.errors)},
                                  {"warnings", as_json(loaded.warnings)}};
    in.out() << boost::json::serialize(out) << '\n';
    return loaded.errors.empty() ? exit_code::done : exit_code::failed;
  }
  for (const auto& one : loaded.warnings)
    in.out() << "warning: " << harmless(one.text()) << '\n';
  if (loaded.errors.empty()) {
    const auto name = loaded.config.file.string();
    in.out() << (name.empty() ? "No node.conf; the defaults" : harmless(name)) << ": good\n";
    return exit_code::done;
  }
  for (const auto& one : loaded.errors)
    in.fail(exit_code::failed, harmless(one.text()));
  return exit_code::failed;
}

/// A setting's value as in node.conf, e.g. "text" or ["a","b"].
std::string value_text(const boost::json::value& setting) {
  const auto* object = setting.if_object();
  const auto* value = object == nullptr ? nullptr : object->if_contains("value");
  return value == nullptr ? "" : harmless(boost::json::serialize(*value));
}

exit_code show(session& in, bool origin) {
  const auto items = in.list("/api/settings");
  if (!items) return in.code();
  if (in.printed(*items)) return exit_code::done;
  for (const auto& one : *items) {
    in.out() << text_of(one, "key") << " = " << value_text(one);
    if (origin) in.out() << "   # " << text_of(one, "origin");
    in.out() << '\n';
  }
  return exit_code::done;
}

}  // namespace

void add_config(CLI::App& app, action& chosen, const config::environment& around) {
  auto* noun = app.add_subcommand("config", "The node's settings")->require_subcommand(1);
  const auto file = std::make_shared<std::string>();
  const auto origin = std::make_shared<bool>(false);
  auto* checked = noun->add_subcommand("check", "Says what is wrong with a node.conf");
  checked->add_option("FILE", *file, "Default: the one in the data directory");
  checked->callback([&chosen, file, around] {
    chosen = [file, around](session& in) { return check(in, around, *file); };
  });
  auto* shown = noun->add_subcommand("show", "What is in force at the running node");
  shown->add_flag("--origin", *origin, "Also where each value comes from");
  shown->callback(
      [&chosen, origin] { chosen = [origin](session& in) { return show(in, *origin); }; });
}

}  // namespace hearth::nodectl
