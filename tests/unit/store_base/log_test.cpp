#include "store/base/log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "store/base/file.hpp"

using namespace hearth;

namespace {

/// What is written to standard error while it lives.
class captured_errors {
 public:
  captured_errors() {
    std::fflush(stderr);
    auto name = (std::filesystem::temp_directory_path() / "hearth-log-XXXXXX").string();
    const int file = ::mkstemp(name.data());
    path_ = name;
    before_ = ::dup(STDERR_FILENO);
    ::dup2(file, STDERR_FILENO);
    ::close(file);
  }
  ~captured_errors() { end(); }

  std::string end() {
    if (before_ < 0) return {};
    std::fflush(stderr);
    ::dup2(before_, STDERR_FILENO);
    ::close(before_);
    before_ = -1;
    const auto content = hearth::read_file(path_, 1 << 20);
    std::filesystem::remove(path_);
    return content ? std::string(hearth::as_text(*content)) : std::string();
  }

 private:
  std::filesystem::path path_;
  int before_ = -1;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(logs)

// People send their logs to others when they ask for help.
BOOST_AUTO_TEST_CASE(a_secret_never_appears) {
  log::keep_secret("swordfish-123");
  log::keep_secret("other-secret");
  BOOST_TEST(log::redact("key swordfish-123, again swordfish-123") ==
             "key [redacted], again [redacted]");
  BOOST_TEST(log::redact("xother-secretx") == "x[redacted]x");
  BOOST_TEST(log::redact("nothing to hide") == "nothing to hide");
  for (const auto form : {log::format::text, log::format::json}) {
    captured_errors errors;
    log::configure(log::level::info, form);
    log::info("rtmp", "publisher with swordfish-123 came");
    const auto written = errors.end();
    BOOST_TEST(written.find("swordfish") == std::string::npos);
    BOOST_TEST(written.find("publisher with [redacted] came") != std::string::npos);
  }
  log::configure(log::level::info, log::format::text);
}

BOOST_AUTO_TEST_CASE(a_short_word_is_no_secret) {
  log::keep_secret("live");
  log::keep_secret("");
  BOOST_TEST(log::redact("the stream is live") == "the stream is live");
}

// A hostile name must not be able to forge a line of the log.
BOOST_AUTO_TEST_CASE(a_message_is_one_line) {
  BOOST_TEST(log::printable("a\nb\x1b[31m\x7f") == "a\\x0ab\\x1b[31m\\x7f");
  BOOST_TEST(log::printable("abcdef", 3) == "abc...");
  BOOST_TEST(log::printable("abc", 3) == "abc");
  captured_errors errors;
  log::warn("peers", "name\n2026-01-01 error daemon forged");
  const auto written = errors.end();
  BOOST_TEST(std::count(written.begin(), written.end(), '\n') == 1);
}

BOOST_AUTO_TEST_CASE(lines_name_level_and_part) {
  captured_errors errors;
  log::configure(log::level::warn, log::format::text);
  log::debug("part", "quiet");
  log::info("part", "quiet");
  log::warn("part", "heard");
  log::error("part", "heard too");
  const auto written = errors.end();
  log::configure(log::level::info, log::format::text);
  BOOST_TEST(written.find("quiet") == std::string::npos);
  BOOST_TEST(written.find("warn  part      heard\n") != std::string::npos);
  BOOST_TEST(written.find("error part      heard too\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(json_lines_are_json) {
  captured_errors errors;
  log::configure(log::level::info, log::format::json);
  log::info("part", R"(say "hello" to C:\temp)");
  const auto written = errors.end();
  log::configure(log::level::info, log::format::text);
  BOOST_TEST(written.find(R"("level":"info","part":"part")") != std::string::npos);
  BOOST_TEST(written.find(R"("message":"say \"hello\" to C:\\temp"})") != std::string::npos);
}

// A control character in a message must not break the line for the program that reads it.
BOOST_AUTO_TEST_CASE(json_lines_stay_json_with_hostile_text) {
  captured_errors errors;
  log::configure(log::level::info, log::format::json);
  log::info("part", "tab\there");
  const auto written = errors.end();
  log::configure(log::level::info, log::format::text);
  BOOST_TEST(written.find(R"(tab\\x09here)") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
