#include <sys/stat.h>

#include <toml++/toml.h>

#include "node/config/sources.hpp"
#include "store/base/file.hpp"

namespace hearth::config {
namespace {

constexpr std::size_t largest_file = 1024 * 1024;

std::string at_line(const std::string& name, const toml::source_region& source) {
  return name + ":" + std::to_string(source.begin.line);
}

/// The value of a TOML node in the setting's form; nothing when it has another.
std::optional<value> value_of(const setting& of, const toml::node& node) {
  switch (of.form) {
    case kind::boolean:
      if (const auto* flag = node.as_boolean()) return flag->get();
      return std::nullopt;
    case kind::integer:
      if (const auto* number = node.as_integer()) return number->get();
      return std::nullopt;
    case kind::text:
    case kind::word:
      if (const auto* text = node.as_string()) return text->get();
      return std::nullopt;
    case kind::list:
      break;
  }
  const auto* list = node.as_array();
  if (list == nullptr) return std::nullopt;
  std::vector<std::string> out;
  for (const auto& item : *list) {
    const auto* text = item.as_string();
    if (text == nullptr) return std::nullopt;
    out.push_back(text->get());
  }
  return out;
}

void walk(const toml::table& table, const std::string& prefix, const std::string& name,
          draft& into) {
  for (const auto& [part, node] : table) {
    const auto key = prefix + std::string(part.str());
    const auto where = at_line(name, part.source());
    const auto* row = find_setting(key);
    if (row == nullptr) {
      const auto* inner = node.as_table();
      if (inner != nullptr && prefix.empty() && !is_unsupported(key)) {
        walk(*inner, key + ".", name, into);
      } else {
        into.unknown_key(where, key);
      }
      continue;
    }
    auto found = value_of(*row, node);
    if (found) {
      into.set(key, std::move(*found), where);
    } else {
      into.error(where, key, must_be(*row), "For example: " + toml_text(default_of(*row)) + ".");
    }
  }
}

void warn_if_secret_is_open(const std::filesystem::path& file, draft& into) {
  const auto found = into.values.find("cluster.secret");
  if (found == into.values.end() || std::get<std::string>(found->second.is).empty()) return;
  struct stat about {};
  if (::stat(file.c_str(), &about) != 0 || (about.st_mode & S_IROTH) == 0) return;
  into.warn(found->second.origin, "cluster.secret", "everybody on this machine can read this file",
            "Run: chmod o-r " + file.string());
}

}  // namespace

void read_text_into(std::string_view text, const std::string& name, draft& into) {
  if (text.find('\0') != std::string_view::npos) {
    into.error(name, "", "is not a text file",
               "Write it in TOML; node.conf of the sources is an example.");
    return;
  }
  try {
    walk(toml::parse(text, name), "", name, into);
  } catch (const toml::parse_error& e) {  // the library's only way to say so; it ends here
    into.error(at_line(name, e.source()), "", std::string(e.description()),
               "The file is TOML: key = value, with texts in quotes.");
  }
}

void read_file_into(const std::filesystem::path& file, draft& into) {
  const auto name = file.string();
  const auto content = read_file(file, largest_file);
  if (!content) {
    const auto large = content.error() == errc::too_large;
    into.error(name, "",
               large ? "is larger than 1 MiB" : "can't be read: " + content.error().message(),
               "Give the path of a node.conf with --config.");
    return;
  }
  read_text_into(as_text(*content), name, into);
  warn_if_secret_is_open(file, into);
}

}  // namespace hearth::config
