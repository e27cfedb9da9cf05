// What is said of a wrong field, so that a person can correct it.
#include "node/http/json_reader.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace hearth::http;

boost::json::value parsed(std::string_view text) {
  auto value = parse_json(text);
  BOOST_TEST_REQUIRE(value.has_value(), text);
  return *value;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_json)

BOOST_AUTO_TEST_CASE(good_fields_are_read) {
  const auto body = parsed(R"({"title":"Gr\u00fc\u00dfe","n":5,"f":5.0,"on":true,"tags":["a","b"],)"
                           R"("how":"fast","no":null})");
  json_reader in(body);
  BOOST_TEST(in.need_text("title", 5) ==
             "Gr\xc3\xbc\xc3\x9f"
             "e");
  BOOST_TEST(*in.integer("n", 1, 5) == 5);
  BOOST_TEST(*in.integer("f", 1, 5) == 5);
  BOOST_TEST(*in.boolean("on"));
  BOOST_TEST(in.texts("tags", 2, 1)->size() == 2u);
  BOOST_TEST(*in.word("how", {"slow", "fast"}) == "fast");
  BOOST_TEST(!in.text("no", 1).has_value());
  BOOST_TEST(!in.text("absent", 1).has_value());
  BOOST_TEST(in.array("tags", 2)->size() == 2u);
  BOOST_TEST(*in.long_text("title", 7) ==
             "Gr\xc3\xbc\xc3\x9f"
             "e");
  BOOST_TEST(!in.failed());
}

BOOST_AUTO_TEST_CASE(wrong_fields_are_named) {
  const auto body = parsed(R"({"t":7,"long":"abcdef","c":"a\u0000b","n":"x","big":99,"half":1.5,
    "b":"yes","l":["a",1],"w":"x","empty":" "})");
  const auto message = [&body](auto read) {
    json_reader in(body);
    read(in);
    return in.failed() ? in.error().message : std::string();
  };
  BOOST_TEST(message([](auto& in) { in.text("t", 5); }) ==
             "t: must be text of at most 5 characters.");
  BOOST_TEST(message([](auto& in) { in.text("long", 5); }) ==
             "long: must be text of at most 5 characters.");
  BOOST_TEST(message([](auto& in) { in.text("c", 5); }) == "c: must not hold control characters.");
  BOOST_TEST(message([](auto& in) { in.need_text("absent", 5); }) ==
             "absent: must be given and not be empty.");
  BOOST_TEST(message([](auto& in) { in.need_text("empty", 5); }) ==
             "empty: must be given and not be empty.");
  BOOST_TEST(message([](auto& in) { in.long_text("long", 5); }) ==
             "long: must be text of at most 5 bytes.");
  BOOST_TEST(message([](auto& in) { in.integer("n", 1, 5); }) ==
             "n: must be a whole number from 1 to 5.");
  BOOST_TEST(!message([](auto& in) { in.integer("big", 1, 5); }).empty());
  BOOST_TEST(!message([](auto& in) { in.integer("half", 1, 5); }).empty());
  BOOST_TEST(message([](auto& in) { in.boolean("b"); }) == "b: must be true or false.");
  BOOST_TEST(message([](auto& in) { in.texts("l", 5, 5); }) ==
             "l: must hold only texts of at most 5 characters.");
  BOOST_TEST(message([](auto& in) { in.texts("l", 1, 5); }) == "l: must be a list of at most 1.");
  BOOST_TEST(message([](auto& in) { in.word("w", {"a", "b"}); }) == "w: must be one of a, b.");
}

BOOST_AUTO_TEST_CASE(the_first_problem_stays) {
  const auto body = parsed(R"({"a":1,"b":1})");
  json_reader in(body, "edits[3].");
  in.text("a", 5);
  in.text("b", 5);
  BOOST_TEST(in.error().message == "edits[3].a: must be text of at most 5 characters.");
}

BOOST_AUTO_TEST_CASE(only_objects_have_fields) {
  json_reader in(parsed("[1]"));
  BOOST_TEST(in.failed());
  BOOST_TEST(in.error().message == "The body must be a JSON object.");
  BOOST_TEST(!in.text("a", 1).has_value());
  BOOST_TEST(!json_reader(parsed("  ")).failed());
}

BOOST_AUTO_TEST_CASE(bad_json_is_refused) {
  for (const auto& bad : {std::string("{"), std::string("{} {}"), std::string("{'a':1}"),
                          std::string("\"\xff\""), std::string("{\"a\":\"\xed\xa0\x80\"}"),
                          std::string(40, '[') + std::string(40, ']'), std::string("nul")}) {
    const auto value = parse_json(bad);
    BOOST_TEST(!value.has_value(), bad);
    if (!value) BOOST_TEST(value.error().code == "bad_json");
  }
}

BOOST_AUTO_TEST_SUITE_END()
