#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>

#include "node/config/sources.hpp"
#include "store/base/bytes.hpp"

namespace hearth::config {
namespace {

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_host_port(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || has_control(text)) return false;
  const auto host = text.substr(0, colon);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (!bracketed && host.find_first_of(":[] ") != std::string_view::npos) return false;
  unsigned port = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data() + colon + 1, end, port);
  return problem == std::errc() && stop == end && port >= 1 && port <= 65535;
}

bool is_host_name(std::string_view text) {
  return !text.empty() && text.size() <= 253 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '-' || c == '.' || c == ':' || c == '[' || c == ']';
         });
}

void check_integer(const setting& row, const node_config::placed& found, draft& all) {
  const auto number = std::get<std::int64_t>(found.is);
  if (number < row.least || number > row.most) all.error(found.origin, row.key, must_be(row));
}

void check_text(const setting& row, const node_config::placed& found, draft& all) {
  const auto& text = std::get<std::string>(found.is);
  if (text.empty() && row.normal.empty()) return;
  if (!is_utf8(text) || has_control(text)) {
    all.error(found.origin, row.key, "must be printable text in UTF-8");
    return;
  }
  const auto length = static_cast<std::int64_t>(characters(text));
  if (length >= row.least && length <= row.most) return;
  const bool is_secret = row.key == "cluster.secret";
  all.error(found.origin, row.key, must_be(row),
            is_secret ? "Make one with: openssl rand -base64 24" : "");
}

void check_word(const setting& row, const node_config::placed& found, draft& all) {
  const auto& word = std::get<std::string>(found.is);
  for (const auto& one : row.choices) {
    if (one.word != word) continue;
    if (one.supported) return;
    all.error(found.origin, row.key, "\"" + word + "\" is not supported by this version",
              "It " + must_be(row) + ".");
    return;
  }
  all.error(found.origin, row.key, must_be(row));
}

void check_list(const setting& row, const node_config::placed& found, draft& all) {
  const auto& items = std::get<std::vector<std::string>>(found.is);
  if (static_cast<std::int64_t>(items.size()) > row.most) {
    all.error(found.origin, row.key, must_be(row));
  }
  const bool peers = row.key == "peer.fixed";
  for (const auto& item : items) {
    if (peers ? is_host_port(item) : is_host_name(item)) continue;
    all.error(
        found.origin, row.key,
        peers ? "must hold addresses as host:port" : "must hold names of hosts",
        peers ? "For example: \"192.168.1.20:8481\"." : "For example: \"hearth.example.org\".");
    return;
  }
}

void check_address(std::string_view key, draft& all) {
  const auto& found = all.values.at(std::string(key));
  const auto& text = std::get<std::string>(found.is);
  boost::system::error_code wrong;
  const auto address = boost::asio::ip::make_address(text, wrong);
  if (wrong) {
    all.error(found.origin, key, "must be an IP address", "For example: 127.0.0.1 or 0.0.0.0.");
    return;
  }
  if (key != "http.listen" || address.is_loopback()) return;
  all.warn(found.origin, key,
           "no password is set, so the page and the API are served on loopback only",
           "From elsewhere, use an SSH tunnel.");
}

}  // namespace

void draft::set_text(const setting& of, std::string_view text, const std::string& origin) {
  auto read = read_text(of, text);
  if (read) {
    set(of.key, std::move(*read), origin);
  } else {
    error(origin, of.key, must_be(of));
  }
}

void draft::unknown_key(const std::string& where, std::string_view key) {
  if (is_unsupported(key)) {
    error(where, key, "is not supported by this version", "Leave it out.");
    return;
  }
  const auto near = nearest_key(key);
  error(where, key, "there is no such setting",
        near.empty() ? "node.conf of the sources lists all of them."
                     : "Did you mean " + std::string(near) + "?");
}

void check_values(draft& all) {
  for (const auto& row : schema()) {
    const auto found = all.values.at(std::string(row.key));
    switch (row.form) {
      case kind::boolean:
        break;
      case kind::integer:
        check_integer(row, found, all);
        break;
      case kind::text:
        check_text(row, found, all);
        break;
      case kind::word:
        check_word(row, found, all);
        break;
      case kind::list:
        check_list(row, found, all);
        break;
    }
  }
  for (const auto* key : {"http.listen", "peer.listen", "rtmp.listen"})
    check_address(key, all);
  const auto& segment = all.values.at("hls.segment_ms");
  if (std::get<std::int64_t>(segment.is) <
      std::get<std::int64_t>(all.values.at("hls.part_ms").is)) {
    all.error(segment.origin, "hls.segment_ms", "must not be below hls.part_ms");
  }
}

}  // namespace hearth::config
