#include "node/http/origin.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <cctype>

namespace hearth::http {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_host_name(std::string_view text) {
  return !text.empty() && text.size() <= 253 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '-' || c == '.' || c == '_';
         });
}

bool is_loopback(const std::string& host) {
  if (host == "localhost" || host.ends_with(".localhost")) return true;
  boost::system::error_code problem;
  const auto address = boost::asio::ip::make_address(host, problem);
  return !problem && address.is_loopback();
}

std::string port_or(const host_port& from, std::string_view normal) {
  return from.port.empty() ? std::string(normal) : from.port;
}

api_error cross_site() {
  return {403, "cross_site", "This request comes from another site.",
          "Use the node's own page, or a program that sends no Origin."};
}

/// Whether an Origin field names the site that the request went to.
bool same_origin(std::string_view origin, const host_port& own) {
  std::string_view normal_port;
  if (origin.starts_with("http://")) {
    normal_port = "80";
    origin.remove_prefix(7);
  } else if (origin.starts_with("https://")) {
    normal_port = "443";
    origin.remove_prefix(8);
  } else {
    return false;
  }
  const auto from = read_host(origin);
  if (!from) return false;
  return from->host == own.host && port_or(*from, normal_port) == port_or(own, normal_port);
}

}  // namespace

std::optional<host_port> read_host(std::string_view text) {
  host_port out;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    out.host = lower(text.substr(1, end - 1));
    boost::system::error_code problem;
    boost::asio::ip::make_address_v6(out.host, problem);
    if (problem) return std::nullopt;
    text.remove_prefix(end + 1);
  } else {
    const auto end = std::min(text.find(':'), text.size());
    out.host = lower(text.substr(0, end));
    if (!is_host_name(out.host)) return std::nullopt;
    text.remove_prefix(end);
  }
  if (text.empty()) return out;
  text.remove_prefix(1);
  if (!is_port(text)) return std::nullopt;
  out.port = text;
  return out;
}

answer<void> check_host(const request& from, const std::vector<std::string>& allowed_hosts) {
  const auto own = read_host(from.field("host"));
  if (!own || from.field_count("host") != 1) {
    return api_error{400, "bad_host", "The request has no proper Host field.",
                     "Check the program that sent it."};
  }
  if (is_loopback(own->host)) return {};
  for (const auto& allowed : allowed_hosts) {
    if (lower(allowed) == own->host) return {};
  }
  return api_error{421, "wrong_host", "This node does not go by that name.",
                   "Use localhost or an address, or add the name to http.allowed_hosts."};
}

answer<void> check_origin(const request& from) {
  if (from.verb == method::get || from.verb == method::head || from.verb == method::options) {
    return {};
  }
  const auto site = from.field("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none") return cross_site();
  if (from.field_count("origin") == 0) return {};
  const auto own = read_host(from.field("host"));
  if (!own || !same_origin(from.field("origin"), *own)) return cross_site();
  return {};
}

}  // namespace hearth::http
