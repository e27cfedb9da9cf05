#include "node/peers/address.hpp"

#include <boost/test/unit_test.hpp>

using namespace hearth::peers;

BOOST_AUTO_TEST_SUITE(peer_addresses)

BOOST_AUTO_TEST_CASE(what_people_write_is_understood) {
  struct row {
    const char* text;
    const char* host;
    std::uint16_t port;
  };
  const row table[] = {
      {"192.168.1.20:8481", "192.168.1.20", 8481},
      {"kitchen.local:8481", "kitchen.local", 8481},
      {"[::1]:8481", "::1", 8481},
      {"[fe80::1%eth0]:65535", "fe80::1%eth0", 65535},
      {"h:1", "h", 1},
  };
  for (const auto& each : table) {
    BOOST_TEST_CONTEXT(each.text) {
      const auto parsed = peer_address::parse(each.text);
      BOOST_REQUIRE(parsed);
      BOOST_TEST(parsed->host == each.host);
      BOOST_TEST(parsed->port == each.port);
      BOOST_TEST(parsed->text() == each.text);
    }
  }
}

BOOST_AUTO_TEST_CASE(anything_else_is_refused) {
  const std::string long_host(254, 'x');
  for (const auto& text : std::initializer_list<std::string>{
           "", ":", "host", "host:", ":8481", "host:0", "host:65536", "host:-1", "host:+1",
           "host:8481x", "host: 8481", "ho st:8481", "http://host:8481", "fe80::1:8481",
           "host/path:8481", "[]:8481", "a\nb:8481", "\"h\":8481", long_host + ":8481"}) {
    BOOST_TEST_CONTEXT("'" << text << "'") {
      const auto parsed = peer_address::parse(text);
      BOOST_TEST(!parsed.has_value());
      if (!parsed) BOOST_TEST((parsed.error() == errc::bad_address));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
