// Targets, queries and errors of requests.
#include "node/http/request.hpp"

#include <boost/test/unit_test.hpp>

#include "node/http/errc.hpp"

namespace {

using namespace hearth::http;

request target(std::string_view text) {
  request out;
  BOOST_TEST_REQUIRE(read_target(text, out).has_value(), text);
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_request)

BOOST_AUTO_TEST_CASE(targets_are_decoded) {
  const auto one = target("/a%20b/c?q=x+y%2B&tag=&flag&q=second#part");
  BOOST_TEST(one.segments == (std::vector<std::string>{"a b", "c"}),
             boost::test_tools::per_element());
  BOOST_TEST(*one.parameter("q") == "x y+");
  BOOST_TEST(*one.parameter("tag") == "");
  BOOST_TEST(one.parameter("flag").has_value());
  BOOST_TEST(!one.parameter("other").has_value());
  BOOST_TEST(target("/?a").segments.size() == 1u);
  BOOST_TEST(target("http://host:80?x=1").segments.size() == 1u);
  BOOST_TEST(target("http://host:80/x").field("host") == "host:80");
}

BOOST_AUTO_TEST_CASE(bad_targets_are_refused) {
  std::string many = "/?";
  for (int i = 0; i < 70; ++i)
    many += "a=1&";
  for (const auto& bad :
       {std::string("*"), std::string("a"), std::string("/%"), std::string("/%1"),
        std::string("/%g0"), std::string("/%0a"), std::string("/%ff"), std::string("/a%2Fb"),
        std::string("/?%zz"), std::string("/?a=%ff"), many}) {
    request out;
    BOOST_TEST(!read_target(bad, out).has_value(), bad);
  }
}

BOOST_AUTO_TEST_CASE(pages_of_lists) {
  BOOST_TEST(read_page_query(target("/")).value().limit == 100u);
  BOOST_TEST(read_page_query(target("/?limit=7&cursor=abc")).value().limit == 7u);
  BOOST_TEST(read_page_query(target("/?limit=7&cursor=abc")).value().cursor == "abc");
  for (const auto* bad : {"/?limit=0", "/?limit=1001", "/?limit=x", "/?limit=", "/?limit=-1",
                          "/?limit=99999999999999999999"}) {
    BOOST_TEST(read_page_query(target(bad)).error().status == 400u, bad);
  }
  BOOST_TEST(!read_page_query(target("/?cursor=" + std::string(600, 'x'))).has_value());
}

BOOST_AUTO_TEST_CASE(codings_that_the_client_takes) {
  request one;
  one.fields = {{"accept-encoding", "br, gzip;q=0.5 , deflate;q=0"}};
  BOOST_TEST(one.accepts_encoding("gzip"));
  BOOST_TEST(one.accepts_encoding("br"));
  BOOST_TEST(!one.accepts_encoding("deflate"));
  BOOST_TEST(!one.accepts_encoding("zstd"));
}

BOOST_AUTO_TEST_CASE(methods_have_names) {
  for (const auto one : {method::get, method::head, method::post, method::put, method::patch,
                         method::del, method::options}) {
    BOOST_TEST((method_of(name_of(one)) == one));
  }
  BOOST_TEST(!method_of("TRACE").has_value());
  BOOST_TEST(!method_of("get").has_value());
}

BOOST_AUTO_TEST_CASE(percent_encoding_goes_both_ways) {
  const std::string all = "a/b c%?&\xc3\xbc~";
  BOOST_TEST(percent_encode(all) == "a%2Fb%20c%25%3F%26%C3%BC~");
  BOOST_TEST(*percent_decode(percent_encode(all), false) == all);
}

BOOST_AUTO_TEST_CASE(failures_have_a_status_and_words) {
  BOOST_TEST(to_api_error(errc::malformed_request).status == 400u);
  BOOST_TEST(to_api_error(errc::header_too_large).status == 431u);
  BOOST_TEST(to_api_error(errc::body_too_large).status == 413u);
  BOOST_TEST(to_api_error(errc::too_slow).status == 408u);
  BOOST_TEST(to_api_error(hearth::errc::disk_full).status == 500u);
  for (int value = 1; value <= 8; ++value) {
    BOOST_TEST(make_error_code(static_cast<errc>(value)).message() != "unknown error");
  }
  BOOST_CHECK_THROW(answer<int>(api_error{}).value(), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
