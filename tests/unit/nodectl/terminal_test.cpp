// What a peer wrote must not command the administrator's terminal.
#include "tools/nodectl/terminal.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <sstream>

using namespace hearth::nodectl;

BOOST_AUTO_TEST_SUITE(nodectl_terminal)

BOOST_AUTO_TEST_CASE(hostile_text_is_made_harmless) {
  BOOST_TEST(harmless("J\xc3\xbcrgen \xf0\x9f\x8e\xa5") == "J\xc3\xbcrgen \xf0\x9f\x8e\xa5");
  BOOST_TEST(harmless("\x1b]0;owned\x07") == "\\x1b]0;owned\\x07");
  BOOST_TEST(harmless("a\nb\tc\x7f") == "a\\x0ab\\x09c\\x7f");
  BOOST_TEST(harmless("a\nb\tc\r", true) == "a\nb\tc\\x0d");
  BOOST_TEST(harmless("\xc2\x9b"
                      "31m") == "\\xc2\\x9b31m");
  BOOST_TEST(harmless("\xe2\x80\xae"
                      "gpj") == "\\xe2\\x80\\xaegpj");
  BOOST_TEST(harmless("\xe2\x81\xa6") == "\\xe2\\x81\\xa6");
  BOOST_TEST(harmless("\xff\xc3") == "\\xff\\xc3");
  BOOST_TEST(harmless("\xe2\x82\xac") == "\xe2\x82\xac");
}

BOOST_AUTO_TEST_CASE(values_become_text) {
  const auto of = boost::json::parse(
      R"({"t":"a\u001b","n":7,"b":true,"f":29.97,"no":null,"l":["x","y"],"who":[{"name":"Ann"}]})");
  BOOST_TEST(text_of(of, "t") == "a\\x1b");
  BOOST_TEST(text_of(of, "n") == "7");
  BOOST_TEST(text_of(of, "b") == "yes");
  BOOST_TEST(text_of(of, "f") == "29.97");
  BOOST_TEST(text_of(of, "no") == "");
  BOOST_TEST(text_of(of, "absent") == "");
  BOOST_TEST(text_of(of, "l") == "x, y");
  BOOST_TEST(text_of(of, "who") == "Ann");
  BOOST_TEST(text_of(boost::json::value(3), "t") == "");
  BOOST_TEST(number_of(of, "f") == 29.97);
  BOOST_TEST(number_of(of, "t") == 0);
}

BOOST_AUTO_TEST_CASE(sizes_and_durations) {
  BOOST_TEST(size_text(0) == "0 bytes");
  BOOST_TEST(size_text(1023) == "1023 bytes");
  BOOST_TEST(size_text(1536) == "1.5 KiB");
  BOOST_TEST(size_text(5.0 * 1024 * 1024 * 1024) == "5.0 GiB");
  BOOST_TEST(duration_text(59) == "59 s");
  BOOST_TEST(duration_text(61) == "1 min 1 s");
  BOOST_TEST(duration_text(7500) == "2 h 5 min");
  BOOST_TEST(duration_text(90000) == "1 d 1 h");
  BOOST_TEST(duration_text(-5) == "0 s");
}

BOOST_AUTO_TEST_CASE(columns_line_up_by_characters) {
  table rows({"NAME", "ID"});
  rows.row({"J\xc3\xbcrgen", "1"});
  rows.row({std::string(100, 'x'), "2"});
  std::ostringstream out;
  rows.print(out);
  std::istringstream lines(out.str());
  std::string title, first, second;
  std::getline(lines, title);
  std::getline(lines, first);
  std::getline(lines, second);
  BOOST_TEST(title == "NAME" + std::string(58, ' ') + "ID");
  BOOST_TEST(first == "J\xc3\xbcrgen" + std::string(56, ' ') + "1");
  BOOST_TEST(second == std::string(57, 'x') + "...  2");
}

BOOST_AUTO_TEST_SUITE_END()
