// Heads of answers, ranges and entity tags.
#include "node/http/response.hpp"

#include <boost/test/unit_test.hpp>

#include "node/http/range.hpp"
#include "node/http/writer.hpp"

namespace {

using namespace hearth::http;
using kind = byte_range::kind;

}  // namespace

BOOST_AUTO_TEST_SUITE(http_response)

BOOST_AUTO_TEST_CASE(ranges) {
  struct {
    std::string_view field;
    std::uint64_t size;
    kind what;
    std::uint64_t offset, length;
  } const table[] = {
      {"", 100, kind::whole, 0, 100},
      {"bytes=0-0", 100, kind::part, 0, 1},
      {"bytes=10-19", 100, kind::part, 10, 10},
      {"bytes=90-", 100, kind::part, 90, 10},
      {"bytes=90-1000", 100, kind::part, 90, 10},
      {"bytes=-1", 100, kind::part, 99, 1},
      {"bytes=-1000", 100, kind::part, 0, 100},
      {" bytes= 1-2 ", 100, kind::part, 1, 2},
      {"bytes=100-", 100, kind::unsatisfiable, 0, 0},
      {"bytes=-0", 100, kind::unsatisfiable, 0, 0},
      {"bytes=0-", 0, kind::unsatisfiable, 0, 0},
      {"bytes=-5", 0, kind::unsatisfiable, 0, 0},
      {"bytes=5-4", 100, kind::whole, 0, 100},
      {"bytes=0-1,5-6", 100, kind::whole, 0, 100},
      {"bytes=a-b", 100, kind::whole, 0, 100},
      {"bytes=1", 100, kind::whole, 0, 100},
      {"bytes=-", 100, kind::whole, 0, 100},
      {"bytes=99999999999999999999-", 100, kind::whole, 0, 100},
      {"items=0-1", 100, kind::whole, 0, 100},
  };
  for (const auto& row : table) {
    BOOST_TEST_CONTEXT(row.field) {
      const auto found = read_range(row.field, row.size);
      BOOST_TEST((found.what == row.what));
      BOOST_TEST(found.offset == row.offset);
      BOOST_TEST(found.length == row.length);
    }
  }
}

BOOST_AUTO_TEST_CASE(entity_tags) {
  BOOST_TEST(matches_etag("\"a\"", "\"a\""));
  BOOST_TEST(matches_etag("\"x\" , W/\"a\"", "\"a\""));
  BOOST_TEST(matches_etag("*", "\"a\""));
  BOOST_TEST(!matches_etag("\"b\"", "\"a\""));
  BOOST_TEST(!matches_etag("", "\"a\""));
  BOOST_TEST(!matches_etag("*", ""));
}

BOOST_AUTO_TEST_CASE(a_value_can_not_break_the_head) {
  response one;
  one.set("X-Name", "a\r\nSet-Cookie: b");
  BOOST_TEST(head_text(one, false).find("X-Name: aSet-Cookie: b\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(lengths_are_left_out_where_there_can_be_none) {
  BOOST_TEST(head_text(empty_response(204), false).find("Content-Length") == std::string::npos);
  BOOST_TEST(head_text(empty_response(200), true).find("Content-Length: 0\r\n") !=
             std::string::npos);
  event_hub hub;
  BOOST_TEST(head_text(event_response(hub), true).find("Content-Length") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(content_that_the_client_has_is_not_sent_again) {
  request head;
  const auto content = std::make_shared<const hearth::bytes>(hearth::bytes{1, 2, 3});
  const content_info about{"image/jpeg", "\"h\"", "no-cache"};
  BOOST_TEST(content_response(head, shared_body(content), about).status == 200u);
  head.fields = {{"if-none-match", "\"h\""}};
  BOOST_TEST(content_response(head, shared_body(content), about).status == 304u);
}

BOOST_AUTO_TEST_CASE(names_for_downloads_are_quoted) {
  BOOST_TEST(attachment_named("a\"b\\c\r\n\xc3\xbc.mp4") ==
             "attachment; filename=\"a_b_c____.mp4\"; "
             "filename*=UTF-8''a%22b%5Cc%0D%0A%C3%BC.mp4");
}

BOOST_AUTO_TEST_SUITE_END()
