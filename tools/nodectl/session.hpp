// One run of nodectl: where to read and write, and how to ask the node. A call that fails says why
// on the error stream and leaves the exit code in code().
#pragma once
#include <functional>
#include <istream>
#include <ostream>

#include "node/config/config.hpp"
#include "tools/nodectl/client.hpp"

namespace CLI {
class App;
}

namespace hearth::nodectl {

enum class exit_code {
  done = 0,
  failed = 1,
  usage = 2,
  unreachable = 3,
  not_allowed = 4,
  not_found = 5
};

class session {
 public:
  session(client node, bool json, std::istream& in, std::ostream& out, std::ostream& err)
      : node_(std::move(node)), json_(json), in_(in), out_(out), err_(err) {}

  bool json() const { return json_; }
  std::filesystem::path data_dir() const { return node_.socket().parent_path(); }
  std::istream& in() { return in_; }
  std::ostream& out() { return out_; }
  exit_code code() const { return code_; }

  /// The node's good answer; nothing after a failure.
  std::optional<reply> get(const std::string& path);
  std::optional<reply> call(http::method verb, const std::string& path,
                            const std::optional<boost::json::value>& body = {});
  std::optional<reply> send_file(const std::string& path, const upload& what);

  /// All items of a list, over all its pages (at most 10,000).
  std::optional<boost::json::array> list(const std::string& path);

  /// The whole id of an item in a list, when what was given is the beginning of exactly one; else
  /// what was given.
  std::optional<std::string> whole_id(const std::string& list_path, std::string_view field,
                                      const std::string& given);

  /// Says what went wrong and gives the code back.
  exit_code fail(exit_code why, std::string_view message, std::string_view hint = {});

  /// With --json: prints the answer and is true.
  bool printed(const reply& answer);
  bool printed(const boost::json::array& items);

 private:
  std::optional<reply> judge(result<reply> answer);

  client node_;
  bool json_;
  std::istream& in_;
  std::ostream& out_;
  std::ostream& err_;
  exit_code code_ = exit_code::done;
};

/// What the command line chose to do.
using action = std::function<exit_code(session&)>;

// Each adds its nouns to the command line; parsing then sets chosen.
void add_status(CLI::App& app, action& chosen);
void add_streams(CLI::App& app, action& chosen);
void add_notes(CLI::App& app, action& chosen);
void add_images(CLI::App& app, action& chosen);
void add_videos(CLI::App& app, action& chosen);
void add_peers(CLI::App& app, action& chosen);
void add_config(CLI::App& app, action& chosen, const config::environment& around);

/// The whole program.
exit_code run(const std::vector<std::string>& args, const config::environment& around,
              std::istream& in, std::ostream& out, std::ostream& err);

/// One segment of a path.
inline std::string segment(std::string_view id) {
  return http::percent_encode(id);
}

}  // namespace hearth::nodectl
