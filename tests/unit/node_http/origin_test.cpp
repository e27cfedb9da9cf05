// Other sites' pages must not reach the node: DNS rebinding and cross-site requests.
#include "node/http/origin.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace hearth::http;

request with(method verb, name_values fields) {
  request out;
  out.verb = verb;
  out.fields = std::move(fields);
  return out;
}

unsigned host_status(std::string host, std::vector<std::string> allowed = {}) {
  const auto good = check_host(with(method::get, {{"host", std::move(host)}}), allowed);
  return good ? 200 : good.error().status;
}

unsigned origin_status(name_values fields, method verb = method::post) {
  const auto good = check_origin(with(verb, std::move(fields)));
  return good ? 200 : good.error().status;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_origin)

BOOST_AUTO_TEST_CASE(only_own_names_are_hosts) {
  for (const auto* good : {"localhost", "LOCALHOST:8480", "127.0.0.1", "127.0.0.1:1", "127.9.9.9",
                           "[::1]", "[::1]:8480", "hearth.localhost:8480"}) {
    BOOST_TEST(host_status(good) == 200u, good);
  }
  for (const auto* other : {"evil.example", "localhost.evil.example", "192.168.1.5", "0.0.0.0",
                            "[2001:db8::1]", "127.0.0.1.evil.example", "xlocalhost"}) {
    BOOST_TEST(host_status(other) == 421u, other);
  }
  for (const auto* bad : {"", "a b", "localhost:", "localhost:port", "localhost:123456", "[::1",
                          "[::1]x", "[zz]", "user@localhost", "local/host"}) {
    BOOST_TEST(host_status(bad) == 400u, bad);
  }
  BOOST_TEST(host_status("Studio.example:443", {"studio.EXAMPLE"}) == 200u);
}

BOOST_AUTO_TEST_CASE(changing_requests_come_from_the_own_page) {
  const std::pair<std::string, std::string> host{"host", "localhost:8480"};
  BOOST_TEST(origin_status({host}) == 200u);
  BOOST_TEST(origin_status({host, {"origin", "http://localhost:8480"}}) == 200u);
  BOOST_TEST(origin_status({{"host", "a.example"}, {"origin", "https://a.example"}}) == 200u);
  BOOST_TEST(origin_status({{"host", "a.example:443"}, {"origin", "https://a.example"}}) == 200u);
  for (const auto* bad : {"null", "", "http://evil.example", "http://localhost:8481",
                          "http://localhost", "https://localhost:8480x", "ftp://localhost:8480",
                          "http://localhost:8480.evil.example", "localhost:8480"}) {
    BOOST_TEST(origin_status({host, {"origin", bad}}) == 403u, bad);
  }
  BOOST_TEST(origin_status({host, {"sec-fetch-site", "same-origin"}}) == 200u);
  BOOST_TEST(origin_status({host, {"sec-fetch-site", "none"}}) == 200u);
  BOOST_TEST(origin_status({host, {"sec-fetch-site", "same-site"}}) == 403u);
  BOOST_TEST(origin_status({host, {"sec-fetch-site", "cross-site"}}) == 403u);
  for (const auto verb : {method::put, method::patch, method::del}) {
    BOOST_TEST(origin_status({host, {"origin", "http://evil.example"}}, verb) == 403u);
  }
  BOOST_TEST(origin_status({host, {"origin", "http://evil.example"}}, method::get) == 200u);
}

BOOST_AUTO_TEST_SUITE_END()
