// The table of all settings: what node.conf, the environment and the command line may say. One line
// a key; documentation, node.conf at the top of the repository, help and checks are made from it.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hearth::config {

enum class kind { boolean, integer, text, word, list };

using value = std::variant<bool, std::int64_t, std::string, std::vector<std::string>>;

/// A word that a setting takes, or will take: then it is refused with a reason.
struct choice {
  std::string_view word;
  bool supported = true;
};

struct setting {
  std::string_view key;  // "http.port"
  kind form = kind::text;
  std::string_view normal;  // the default, as on a command line
  std::string_view description;
  std::int64_t least = 0;  // of integers; of texts the fewest characters when not empty
  std::int64_t most = 0;   // of integers; of texts the most characters; of lists the most items
  std::vector<choice> choices = {};  // of words
  bool secret = false;
};

/// All settings, in the order of node.conf.
std::span<const setting> schema();
/// nullptr for a key that is not there.
const setting* find_setting(std::string_view key);
/// Keys that other versions have and this one does not; a name that ends with "." stands for all
/// keys below it.
bool is_unsupported(std::string_view key);
/// The most similar key, or "" when none is near.
std::string_view nearest_key(std::string_view wrong);

/// "http.port" to "HEARTH_HTTP_PORT".
std::string environment_name(std::string_view key);

/// The default as a value. Of node.name it is "", which stands for the machine's name.
value default_of(const setting& of);

/// The value that a text from the environment or a command line means; nothing when it is not of
/// the setting's form. Lists are separated by commas.
std::optional<value> read_text(const setting& of, std::string_view text);

/// What a value must be, e.g. "must be a whole number from 0 to 65535".
std::string must_be(const setting& of);

/// As in node.conf: TOML.
std::string toml_text(const value& of);

/// The whole of node.conf, each key commented out with its default.
std::string sample_file();

}  // namespace hearth::config
