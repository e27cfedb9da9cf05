#include "store/base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <mutex>
#include <set>
#include <shared_mutex>

#include "store/base/clock.hpp"

namespace hearth::log {
namespace {

constexpr std::size_t shortest_secret = 6;
constexpr std::size_t most_secrets = 4096;

struct settings {
  std::shared_mutex mutex;
  std::set<std::string, std::less<>> secrets;
  format form = format::text;
  std::shared_ptr<spdlog::logger> logger = [] {
    auto made = std::make_shared<spdlog::logger>("hearth",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->flush_on(spdlog::level::debug);
    return made;
  }();
};

settings& current() {
  static settings instance;
  return instance;
}

spdlog::level::level_enum to_spdlog(level at) {
  switch (at) {
    case level::debug:
      return spdlog::level::debug;
    case level::info:
      return spdlog::level::info;
    case level::warn:
      return spdlog::level::warn;
    case level::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

std::string_view name_of(level at) {
  switch (at) {
    case level::debug:
      return "debug";
    case level::info:
      return "info";
    case level::warn:
      return "warn";
    case level::error:
      return "error";
  }
  return "info";
}

std::string json_escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

}  // namespace

void configure(level least, format form) {
  auto& now = current();
  std::unique_lock lock(now.mutex);
  now.form = form;
  now.logger->set_level(to_spdlog(least));
}

void keep_secret(std::string value) {
  if (value.size() < shortest_secret) return;
  auto& now = current();
  std::unique_lock lock(now.mutex);
  if (now.secrets.size() < most_secrets) now.secrets.insert(std::move(value));
}

std::string redact(std::string_view message) {
  auto& now = current();
  std::shared_lock lock(now.mutex);
  std::string out(message);
  for (const auto& secret : now.secrets) {
    for (auto at = out.find(secret); at != std::string::npos; at = out.find(secret, at)) {
      out.replace(at, secret.size(), "[redacted]");
    }
  }
  return out;
}

std::string printable(std::string_view text, std::size_t limit) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (unsigned char c : text.substr(0, limit)) {
    if (c >= 0x20 && c != 0x7f) {
      out.push_back(static_cast<char>(c));
      continue;
    }
    out += "\\x";
    out.push_back(digits[c >> 4]);
    out.push_back(digits[c & 15]);
  }
  if (text.size() > limit) out += "...";
  return out;
}

void write(level at, std::string_view part, std::string_view message) {
  auto& now = current();
  if (!now.logger->should_log(to_spdlog(at))) return;
  const auto time = to_rfc3339(system_clock().wall());
  const auto safe = printable(redact(message), 4000);
  format form;
  {
    std::shared_lock lock(now.mutex);
    form = now.form;
  }
  if (form == format::json) {
    now.logger->log(to_spdlog(at), R"({{"time":"{}","level":"{}","part":"{}","message":"{}"}})",
                    time, name_of(at), part, json_escaped(safe));
  } else {
    now.logger->log(to_spdlog(at), "{} {:5} {:9} {}", time, name_of(at), part, safe);
  }
}

}  // namespace hearth::log
