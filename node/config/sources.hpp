// The places that a setting can come from, one function each. Each adds to a draft.
#pragma once
#include "node/config/config.hpp"

namespace hearth::config {

/// Values found so far, and what was wrong with others.
struct draft {
  std::map<std::string, node_config::placed, std::less<>> values;
  std::vector<problem> errors;
  std::vector<problem> warnings;

  void set(std::string_view key, value is, std::string origin) {
    values.insert_or_assign(std::string(key),
                            node_config::placed{std::move(is), std::move(origin)});
  }
  void error(std::string where, std::string_view key, std::string message, std::string hint = {}) {
    errors.push_back({std::move(where), std::string(key), std::move(message), std::move(hint)});
  }
  void warn(std::string where, std::string_view key, std::string message, std::string hint = {}) {
    warnings.push_back({std::move(where), std::string(key), std::move(message), std::move(hint)});
  }
  /// A value from text; an error when it is not of the setting's form.
  void set_text(const setting& of, std::string_view text, const std::string& origin);
  /// A key that is none: unsupported, or a slip of the finger.
  void unknown_key(const std::string& where, std::string_view key);
};

/// What the command line says beside settings.
struct command_line {
  request wanted = request::run;
  std::string help;
  std::string config_file;
  std::string data_dir;
};

/// Settings go into the draft given by the caller only after the file and the environment.
command_line read_flags(const std::vector<std::string>& args, draft& into);
void read_file_into(const std::filesystem::path& file, draft& into);
void read_text_into(std::string_view toml, const std::string& name, draft& into);
void read_environment(const environment& around, draft& into);

/// Checks ranges, addresses and what belongs together.
void check_values(draft& all);

}  // namespace hearth::config
