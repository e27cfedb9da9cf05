#include "node/http/json_reader.hpp"

#include <algorithm>
#include <boost/json/parser.hpp>

namespace hearth::http {
namespace {

constexpr std::size_t deepest = 32;

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
  });
}

std::string characters(std::size_t most) {
  return "must be text of at most " + std::to_string(most) + " characters";
}

}  // namespace

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

answer<boost::json::value> parse_json(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return boost::json::object{};
  boost::json::parse_options options;
  options.max_depth = deepest;
  boost::json::parser parser({}, options);
  boost::system::error_code problem;
  parser.write(text, problem);
  if (problem) {
    return api_error{400, "bad_json", "The body is not valid JSON: " + problem.message() + ".",
                     "Send one JSON object in UTF-8."};
  }
  return parser.release();
}

json_reader::json_reader(const boost::json::value& body, std::string prefix)
    : body_(body.if_object()), prefix_(std::move(prefix)) {
  if (body_ != nullptr) return;
  const auto name = prefix_.empty() ? "The body" : prefix_.substr(0, prefix_.size() - 1) + ":";
  error_ = api_error{400, "bad_json", name + " must be a JSON object.",
                     "Look at /api/openapi.json for its fields."};
}

bool json_reader::has(std::string_view key) const {
  return find(key) != nullptr;
}

const boost::json::value* json_reader::find(std::string_view key) const {
  if (body_ == nullptr) return nullptr;
  const auto* value = body_->if_contains(key);
  return value == nullptr || value->is_null() ? nullptr : value;
}

void json_reader::fail(std::string_view key, std::string_view must) {
  if (error_) return;
  auto message = prefix_ + std::string(key) + ": " + std::string(must) + ".";
  error_ = api_error{400, "bad_field", std::move(message), "Correct the field and send it again."};
}

std::optional<std::string> json_reader::text(std::string_view key, std::size_t most_characters) {
  const auto* value = find(key);
  if (value == nullptr) return std::nullopt;
  const auto* content = value->if_string();
  if (content == nullptr || count_characters(*content) > most_characters) {
    fail(key, characters(most_characters));
    return std::nullopt;
  }
  if (has_control(*content)) {
    fail(key, "must not hold control characters");
    return std::nullopt;
  }
  return std::string(*content);
}

std::string json_reader::need_text(std::string_view key, std::size_t most_characters) {
  auto value = text(key, most_characters);
  if (!value || value->find_first_not_of(" \t\n") == std::string::npos) {
    fail(key, "must be given and not be empty");
    return {};
  }
  return std::move(*value);
}

std::optional<std::string> json_reader::long_text(std::string_view key, std::size_t most_bytes) {
  const auto* value = find(key);
  if (value == nullptr) return std::nullopt;
  const auto* content = value->if_string();
  if (content == nullptr || content->size() > most_bytes) {
    fail(key, "must be text of at most " + std::to_string(most_bytes) + " bytes");
    return std::nullopt;
  }
  return std::string(*content);
}

std::optional<std::int64_t> json_reader::integer(std::string_view key, std::int64_t least,
                                                 std::int64_t most) {
  const auto* value = find(key);
  if (value == nullptr) return std::nullopt;
  boost::system::error_code problem;
  const auto number = value->to_number<std::int64_t>(problem);
  if (problem || number < least || number > most) {
    fail(key,
         "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return std::nullopt;
  }
  return number;
}

std::optional<bool> json_reader::boolean(std::string_view key) {
  const auto* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (const auto* flag = value->if_bool()) return *flag;
  fail(key, "must be true or false");
  return std::nullopt;
}

std::optional<std::vector<std::string>> json_reader::texts(std::string_view key, std::size_t most,
                                                           std::size_t most_characters) {
  const auto* list = array(key, most);
  if (list == nullptr) return std::nullopt;
  std::vector<std::string> out;
  for (const auto& item : *list) {
    const auto* content = item.if_string();
    if (content == nullptr || count_characters(*content) > most_characters ||
        has_control(*content)) {
      fail(key,
           "must hold only texts of at most " + std::to_string(most_characters) + " characters");
      return std::nullopt;
    }
    out.emplace_back(*content);
  }
  return out;
}

std::optional<std::string> json_reader::word(std::string_view key,
                                             std::initializer_list<std::string_view> of) {
  const auto* value = find(key);
  if (value == nullptr) return std::nullopt;
  std::string choices;
  for (const auto choice : of) {
    if (const auto* content = value->if_string(); content != nullptr && *content == choice) {
      return std::string(choice);
    }
    choices += (choices.empty() ? "" : ", ") + std::string(choice);
  }
  fail(key, "must be one of " + choices);
  return std::nullopt;
}

const boost::json::array* json_reader::array(std::string_view key, std::size_t most) {
  const auto* value = find(key);
  if (value == nullptr) return nullptr;
  const auto* list = value->if_array();
  if (list == nullptr || list->size() > most) {
    fail(key, "must be a list of at most " + std::to_string(most));
    return nullptr;
  }
  return list;
}

}  // namespace hearth::http
