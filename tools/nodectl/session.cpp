#include "tools/nodectl/session.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "tools/nodectl/terminal.hpp"

namespace hearth::nodectl {
namespace {

constexpr std::size_t most_items = 10'000;
constexpr std::size_t whole_id_length = 36;
constexpr std::size_t shortest_prefix = 4;

exit_code code_of(unsigned status) {
  if (status == 401 || status == 403) return exit_code::not_allowed;
  return status == 404 ? exit_code::not_found : exit_code::failed;
}

/// A text inside the node's error answer.
std::string said(const reply& answer, std::string_view key) {
  const auto* object = answer.json.if_object();
  const auto* error = object == nullptr ? nullptr : object->if_contains("error");
  return error == nullptr ? std::string() : text_of(*error, key);
}

}  // namespace

exit_code session::fail(exit_code why, std::string_view message, std::string_view hint) {
  err_ << "nodectl: " << message << '\n';
  if (!hint.empty()) err_ << "hint: " << hint << '\n';
  code_ = why;
  return why;
}

std::optional<reply> session::judge(result<reply> answer) {
  if (!answer) {
    fail(exit_code::unreachable,
         "the node does not answer at " + harmless(node_.socket().string()) + ": " +
             answer.error().message(),
         "Start it with hearthd, or name its data directory with --data-dir.");
    return std::nullopt;
  }
  if (answer->good()) return std::move(*answer);
  auto message = said(*answer, "message");
  if (message.empty()) message = "the node answered with status " + std::to_string(answer->status);
  fail(code_of(answer->status), message, said(*answer, "hint"));
  return std::nullopt;
}

std::optional<reply> session::call(http::method verb, const std::string& path,
                                   const std::optional<boost::json::value>& body) {
  return judge(node_.call(verb, path, body));
}

std::optional<reply> session::get(const std::string& path) {
  return call(http::method::get, path);
}

std::optional<reply> session::send_file(const std::string& path, const upload& what) {
  auto answer = node_.send_file(path, what);
  const auto wrong = answer ? error_code() : answer.error();
  if (wrong.category() == base_category() && wrong != errc::timed_out) {
    fail(exit_code::failed, harmless(what.file.string()) + ": " + wrong.message(),
         "Give the path of a file that you may read.");
    return std::nullopt;
  }
  return judge(std::move(answer));
}

std::optional<boost::json::array> session::list(const std::string& path) {
  boost::json::array out;
  std::string cursor;
  for (;;) {
    const auto mark = path.find('?') == std::string::npos ? "?" : "&";
    const auto answer =
        get(cursor.empty() ? path : path + mark + "cursor=" + http::percent_encode(cursor));
    if (!answer) return std::nullopt;
    const auto* page = answer->json.if_object();
    const auto* items = page == nullptr ? nullptr : page->if_contains("items");
    if (items == nullptr || !items->is_array()) {
      fail(exit_code::failed, "the node's answer is not a list");
      return std::nullopt;
    }
    for (const auto& item : items->get_array())
      out.push_back(item);
    const auto* next = page->if_contains("next_cursor");
    const auto* text = next == nullptr ? nullptr : next->if_string();
    if (text == nullptr || text->empty() || *text == cursor) return out;
    if (out.size() >= most_items) return out;
    cursor = std::string(*text);
  }
}

std::optional<std::string> session::whole_id(const std::string& list_path, std::string_view field,
                                             const std::string& given) {
  if (given.size() >= whole_id_length || given.size() < shortest_prefix) return given;
  const auto items = list(list_path);
  if (!items) return std::nullopt;
  std::string found;
  for (const auto& item : *items) {
    const auto id = text_of(item, field);
    if (!id.starts_with(given)) continue;
    if (!found.empty()) {
      fail(exit_code::failed, harmless(given) + " is the beginning of several ids",
           "Give more of it.");
      return std::nullopt;
    }
    found = id;
  }
  return found.empty() ? given : found;
}

bool session::printed(const reply& answer) {
  if (!json_) return false;
  out_ << (answer.json.is_null() ? "{}" : boost::json::serialize(answer.json)) << '\n';
  return true;
}

bool session::printed(const boost::json::array& items) {
  if (!json_) return false;
  out_ << boost::json::serialize(boost::json::object{{"items", items}, {"next_cursor", nullptr}})
       << '\n';
  return true;
}

}  // namespace hearth::nodectl
