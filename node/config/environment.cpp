#include <unistd.h>

#include <array>
#include <climits>

#include "node/config/sources.hpp"

extern char** environ;

namespace hearth::config {
namespace {

struct older_name {
  std::string_view variable;
  std::string_view key;
};

/// Variables of the older system that mean something here.
constexpr std::array<older_name, 7> older_names = {{
    {"STORAGE_BACKEND", "blobs.backend"},
    {"P2P_ENABLED", "peer.discovery"},
    {"MAX_UPLOAD_SIZE_MB", "videos.max_upload_mb"},
    {"MAX_IMAGE_UPLOAD_SIZE_MB", "images.max_upload_mb"},
    {"MAX_STREAM_IMAGES_PER_STREAM", "images.max_per_stream"},
    {"IMAGE_CACHE_MAX_MEMORY_MB", "cache.memory_mb"},
    {"IMAGE_CACHE_TTL_HOURS", "cache.ttl_hours"},
}};

/// The key that HEARTH_SECTION_KEY would have, as far as a name can tell.
std::string key_of(std::string_view variable) {
  std::string out(variable.substr(std::string_view("HEARTH_").size()));
  for (auto& c : out)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (const auto at = out.find('_'); at != std::string::npos) out[at] = '.';
  return out;
}

bool names_a_section(std::string_view key) {
  const auto section = key.substr(0, key.find('.') + 1);
  if (section.empty()) return false;
  for (const auto& row : schema()) {
    if (row.key.starts_with(section)) return true;
  }
  return false;
}

void read_other(std::string_view name, draft& into) {
  if (name == "HEARTH_CONFIG" || name == "HEARTH_DATA_DIR") return;
  auto key = key_of(name);
  if (key.starts_with("blobs.s3_")) key[8] = '.';
  if (is_unsupported(key)) {
    into.unknown_key(std::string(name), key);
  } else if (names_a_section(key)) {
    const auto near = nearest_key(key);
    into.warn(std::string(name), "", "this variable is not known and has no effect",
              near.empty() ? "" : "Did you mean " + environment_name(near) + "?");
  }
}

}  // namespace

environment this_process() {
  environment out;
  for (char** at = environ; at != nullptr && *at != nullptr; ++at) {
    const std::string_view entry(*at);
    const auto equals = entry.find('=');
    if (equals == std::string_view::npos) continue;
    out.variables.emplace(entry.substr(0, equals), entry.substr(equals + 1));
  }
  std::array<char, HOST_NAME_MAX + 1> name{};
  if (::gethostname(name.data(), name.size() - 1) == 0) out.host_name = name.data();
  out.root = ::geteuid() == 0;
  return out;
}

void read_environment(const environment& around, draft& into) {
  for (const auto& old : older_names) {
    const auto found = around.variables.find(old.variable);
    if (found == around.variables.end() || found->second.empty()) continue;
    into.set_text(*find_setting(old.key), found->second, std::string(old.variable));
  }
  std::map<std::string, const setting*, std::less<>> own;
  for (const auto& row : schema())
    own.emplace(environment_name(row.key), &row);
  for (const auto& [name, text] : around.variables) {
    if (!name.starts_with("HEARTH_") || text.empty()) continue;
    const auto row = own.find(name);
    if (row == own.end()) {
      read_other(name, into);
    } else {
      into.set_text(*row->second, text, name);
    }
  }
}

}  // namespace hearth::config
