// The node's configuration. Precedence, lowest first: defaults, node.conf, variables of the older
// system, HEARTH_SECTION_KEY, flags. All problems are found at once, each with its place and a
// hint. Reads files and the environment once, at start; values only, so any thread may read it.
#pragma once
#include <boost/json/value.hpp>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "node/config/schema.hpp"

namespace hearth::config {

/// Something wrong, or a warning.
struct problem {
  std::string where;  // "node.conf:12", "--http.port", "HEARTH_HTTP_PORT"
  std::string key;    // "" when it concerns no key
  std::string message;
  std::string hint;

  /// "node.conf:12: http.port: must be ... (hint)"
  std::string text() const;
};

/// One setting as the Settings page and `nodectl config show` tell it. A secret's value is
/// "[redacted]", or "" when it is not set.
struct setting_view {
  std::string key;
  boost::json::value value;
  std::string origin;  // "default", "node.conf:12", "HEARTH_HTTP_PORT", "--http.port"
  std::string description;
  bool restart_needed = true;
};

struct node_config {
  std::filesystem::path data_dir;
  std::filesystem::path file;  // that was read; "" for none

  struct {
    std::string name;
  } node;
  struct {
    std::string secret;
  } cluster;
  struct {
    std::string listen;  // always loopback: until there are passwords nothing else is used
    std::uint16_t port = 0;
    std::vector<std::string> allowed_hosts;
  } http;
  struct {
    std::string listen;
    std::uint16_t port = 0;
    bool discovery = true;
    std::vector<std::string> fixed;  // "host:port"
  } peer;
  struct {
    std::string listen;
    std::uint16_t port = 0;
  } rtmp;
  struct {
    std::size_t max = 0;
  } streams;
  struct {
    std::int64_t part_ms = 0, segment_ms = 0;
  } hls;
  struct {
    std::uint64_t max_upload_bytes = 0;
    std::size_t max_per_stream = 0;
  } images;
  struct {
    std::uint64_t max_upload_bytes = 0;
  } videos;
  struct {
    std::uint64_t max_bytes = 0;
  } notes;
  struct {
    std::uint64_t memory_bytes = 0;
    std::int64_t ttl_hours = 0;
  } cache;
  struct {
    std::string level, format;
  } log;

  /// What is in force and where it comes from, in the order of node.conf.
  std::vector<setting_view> settings_view() const;

  struct placed {
    value is;
    std::string origin;
  };
  std::map<std::string, placed, std::less<>> values;  // by key; all of them
};

/// What load() needs to know of the process; a test makes its own.
struct environment {
  std::map<std::string, std::string, std::less<>> variables;
  std::string host_name;
  bool root = false;
};
environment this_process();

/// What a command line asks for.
enum class request { run, check, show_version, show_help };

struct outcome {
  request wanted = request::run;
  std::string help;  // for show_help
  node_config config;
  std::vector<problem> errors;    // nothing may start while there is one
  std::vector<problem> warnings;  // to be logged
};

/// Reads everything. args are those of main without the program's name.
outcome load(const std::vector<std::string>& args, const environment& around);

/// $XDG_DATA_HOME/hearth, else ~/.local/share/hearth; /var/lib/hearth for root; "" when there is
/// none.
std::filesystem::path default_data_dir(const environment& around);

}  // namespace hearth::config
