#include <CLI/CLI.hpp>

#include "node/config/sources.hpp"

namespace hearth::config {
namespace {

struct flag_values {
  std::map<std::string, std::vector<std::string>> by_key;
  std::string config_file, data_dir;
  bool check = false, version = false, help = false;
};

std::string section_title(std::string_view key) {
  return std::string(key.substr(0, key.find('.')));
}

void declare(CLI::App& app, flag_values& into) {
  app.set_help_flag();
  app.allow_extras();
  app.add_option("--config", into.config_file,
                 "The node.conf to read (default: the one in the data directory)");
  app.add_option("--data-dir", into.data_dir, "Where this node keeps everything");
  app.add_flag("--check", into.check, "Only read the configuration and say what is wrong");
  app.add_flag("--version", into.version, "Print the version");
  app.add_flag("-h,--help", into.help, "Print this");
  for (const auto& row : schema()) {
    auto text = std::string(row.description);
    if (!row.normal.empty()) text += " Default: " + std::string(row.normal) + ".";
    app.add_option("--" + std::string(row.key), into.by_key[std::string(row.key)], text)
        ->type_name("VALUE")
        ->allow_extra_args(false)
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->group(section_title(row.key));
  }
}

/// Words that are no flag of ours.
void report_extras(const std::vector<std::string>& extras, draft& into) {
  bool after_unknown = false;
  for (const auto& word : extras) {
    const bool flag = word.starts_with("--") && word.size() > 2;
    if (flag) {
      const auto name = word.substr(
          2, word.find('=') == std::string::npos ? std::string::npos : word.find('=') - 2);
      into.unknown_key("--" + name, name);
    } else if (!after_unknown) {
      into.error("command line", "", "\"" + word + "\" is not understood",
                 "Run hearthd --help for all flags.");
    }
    after_unknown = flag && word.find('=') == std::string::npos;
  }
}

}  // namespace

command_line read_flags(const std::vector<std::string>& args, draft& into) {
  CLI::App app("hearthd: a node of Hearth, a media hub for a local network", "hearthd");
  flag_values found;
  declare(app, found);
  command_line out;
  try {
    // The library takes words from the back.
    app.parse(std::vector<std::string>(args.rbegin(), args.rend()));
  } catch (const CLI::ParseError& e) {  // the library's only way to say so; it ends here
    into.error("command line", "", e.what(), "Run hearthd --help for all flags.");
  }
  report_extras(app.remaining(), into);
  for (const auto& [key, texts] : found.by_key) {
    if (texts.size() > 1) {
      into.error("--" + key, key, "is given more than once", "Leave one of them.");
    } else if (!texts.empty()) {
      into.set_text(*find_setting(key), texts.front(), "--" + key);
    }
  }
  out.config_file = found.config_file;
  out.data_dir = found.data_dir;
  if (found.check) out.wanted = request::check;
  if (found.version) out.wanted = request::show_version;
  if (found.help) {
    out.wanted = request::show_help;
    out.help = app.help();
  }
  return out;
}

}  // namespace hearth::config
