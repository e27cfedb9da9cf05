#include "node/config/schema.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace hearth::config {
namespace {

constexpr std::int64_t most_port = 65535;

std::vector<setting> network_rows() {
  return {
      {"node.name", kind::text, "",
       "The name by which people know this node. Empty: the machine's name.", 1, 63},
      {"cluster.secret",
       kind::text,
       "",
       "The secret that all nodes of one cluster share, 16 characters or more. Empty: alone.",
       16,
       256,
       {},
       true},
      {"http.listen", kind::text, "127.0.0.1",
       "The address of the page and the API. Without a password only loopback is used.", 1, 64},
      {"http.port", kind::integer, "8480", "The port of the page and the API. 0 picks a free one.",
       0, most_port},
      {"http.allowed_hosts", kind::list, "",
       "Names beside localhost under which browsers may reach this node, e.g. behind a reverse "
       "proxy.",
       0, 64},
      {"peer.listen", kind::text, "0.0.0.0", "The address on which other nodes are awaited.", 1,
       64},
      {"peer.port", kind::integer, "8481", "The port for other nodes. 0 picks a free one.", 0,
       most_port},
      {"peer.discovery", kind::boolean, "true", "Whether nodes find each other by mDNS (Avahi).", 0,
       0},
      {"peer.fixed", kind::list, "",
       "Other nodes by address, as host:port, for networks without multicast.", 0, 256},
      {"rtmp.listen", kind::text, "0.0.0.0", "The address on which publishers are awaited.", 1, 64},
      {"rtmp.port", kind::integer, "1935", "The port for publishers. 0 picks a free one.", 0,
       most_port},
  };
}

std::vector<setting> media_rows() {
  return {
      {"streams.max", kind::integer, "10", "The most streams that are live here at once.", 1, 1000},
      {"hls.part_ms", kind::integer, "200",
       "The length of a part in low-latency HLS, in milliseconds.", 50, 2000},
      {"hls.segment_ms", kind::integer, "2000",
       "The length of an HLS segment in milliseconds; segments end at key frames. Not below "
       "hls.part_ms.",
       500, 20000},
      {"images.max_upload_mb", kind::integer, "20",
       "The largest image that may be uploaded, in MiB.", 1, 1000},
      {"images.max_per_stream", kind::integer, "50", "The most images of one stream.", 1, 10000},
      {"videos.max_upload_mb", kind::integer, "500",
       "The largest video that may be uploaded, in MiB.", 1, 1048576},
      {"notes.max_mb", kind::integer, "10", "The longest note, in MiB.", 1, 11},
      {"cache.memory_mb", kind::integer, "500", "The memory for what other nodes stream, in MiB.",
       1, 1048576},
      {"cache.ttl_hours", kind::integer, "24", "How long browsers may keep a thumbnail, in hours.",
       1, 8760},
      {"store.backend",
       kind::word,
       "rocksdb",
       "Where logs and their views are kept.",
       0,
       0,
       {{"rocksdb"}, {"directory", false}}},
      {"blobs.backend",
       kind::word,
       "local",
       "Where images and videos are kept.",
       0,
       0,
       {{"local"}, {"directory", false}, {"s3", false}}},
      {"log.level",
       kind::word,
       "info",
       "The least that is logged.",
       0,
       0,
       {{"debug"}, {"info"}, {"warn"}, {"error"}}},
      {"log.format", kind::word, "text", "The form of log lines.", 0, 0, {{"text"}, {"json"}}},
  };
}

const std::vector<setting>& table() {
  static const std::vector<setting> rows = [] {
    auto all = network_rows();
    for (auto& row : media_rows())
      all.push_back(std::move(row));
    return all;
  }();
  return rows;
}

constexpr std::array<std::string_view, 11> unsupported = {
    "peer.coordinators", "rtmps.port",         "rtmps.certificate", "rtmps.key",
    "srt.port",          "frames.interval_ms", "record.",           "store.directory",
    "blobs.directory",   "blobs.s3.",          "blobs.s3"};

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + "\"";
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    auto item = text.substr(0, comma);
    while (!item.empty() && item.front() == ' ')
      item.remove_prefix(1);
    while (!item.empty() && item.back() == ' ')
      item.remove_suffix(1);
    if (!item.empty()) out.emplace_back(item);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

std::optional<value> read_boolean(std::string_view text) {
  std::string lower(text);
  for (auto& c : lower)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (lower == "true" || lower == "yes" || lower == "on" || lower == "1") return true;
  if (lower == "false" || lower == "no" || lower == "off" || lower == "0") return false;
  return std::nullopt;
}

/// Levenshtein's distance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row[b.size()];
}

std::string_view section_of(std::string_view key) {
  return key.substr(0, key.find('.'));
}

}  // namespace

std::span<const setting> schema() {
  return table();
}

const setting* find_setting(std::string_view key) {
  for (const auto& row : table()) {
    if (row.key == key) return &row;
  }
  return nullptr;
}

bool is_unsupported(std::string_view key) {
  return std::any_of(unsupported.begin(), unsupported.end(), [&](std::string_view one) {
    return key == one || (one.ends_with('.') && key.starts_with(one));
  });
}

std::string_view nearest_key(std::string_view wrong) {
  if (wrong.size() > 64) return {};
  std::string_view best;
  std::size_t least = std::max<std::size_t>(3, wrong.size() / 3) + 1;
  for (const auto& row : table()) {
    const auto apart = distance(wrong, row.key);
    if (apart >= least) continue;
    least = apart;
    best = row.key;
  }
  return best;
}

std::string environment_name(std::string_view key) {
  std::string out = "HEARTH_";
  for (const char c : key) {
    out.push_back(c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
  }
  return out;
}

value default_of(const setting& of) {
  return *read_text(of, of.normal);
}

std::optional<value> read_text(const setting& of, std::string_view text) {
  switch (of.form) {
    case kind::boolean:
      return read_boolean(text);
    case kind::text:
    case kind::word:
      return std::string(text);
    case kind::list:
      return split_list(text);
    case kind::integer:
      break;
  }
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, number);
  if (text.empty() || problem != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::string must_be(const setting& of) {
  switch (of.form) {
    case kind::boolean:
      return "must be true or false";
    case kind::integer:
      return "must be a whole number from " + std::to_string(of.least) + " to " +
             std::to_string(of.most);
    case kind::text:
      return "must be text of " + std::to_string(of.least) + " to " + std::to_string(of.most) +
             " characters";
    case kind::list:
      return "must be a list of at most " + std::to_string(of.most) + " texts";
    case kind::word:
      break;
  }
  std::string words;
  for (const auto& one : of.choices) {
    if (one.supported) words += (words.empty() ? "" : ", ") + in_quotes(one.word);
  }
  return (words.find(',') == std::string::npos ? "must be " : "must be one of ") + words;
}

std::string toml_text(const value& of) {
  if (const auto* flag = std::get_if<bool>(&of)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&of)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&of)) return in_quotes(*text);
  std::string out = "[";
  for (const auto& item : std::get<std::vector<std::string>>(of)) {
    out += (out.size() == 1 ? "" : ", ") + in_quotes(item);
  }
  return out + "]";
}

std::string sample_file() {
  std::string out =
      "# Settings of a Hearth node, in TOML. Each key stands here with its default; take the # "
      "away to\n"
      "# change it. A flag (--http.port 80) or an environment variable (HEARTH_HTTP_PORT=80) "
      "overrides it.\n"
      "# `nodectl config check FILE` says what is wrong, `nodectl config show --origin` what is in "
      "force.\n";
  std::string_view section;
  for (const auto& row : table()) {
    if (section_of(row.key) != section) {
      section = section_of(row.key);
      out += "\n[" + std::string(section) + "]\n";
    }
    out += "# " + std::string(row.description) + "\n";
    if (row.form == kind::integer || (row.form == kind::word && row.choices.size() > 1)) {
      auto form = must_be(row).substr(std::string_view("must be ").size());
      form[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(form[0])));
      out += "# " + form + ".\n";
    }
    out += "# " + std::string(row.key.substr(section.size() + 1)) + " = " +
           toml_text(default_of(row)) + "\n";
  }
  return out;
}

}  // namespace hearth::config
