// The table of settings and the node.conf that is made from it.
#include "node/config/schema.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sstream>

using namespace hearth::config;

BOOST_AUTO_TEST_SUITE(config_schema)

BOOST_AUTO_TEST_CASE(node_conf_of_the_repository_is_the_one_of_the_schema) {
  std::ifstream file(HEARTH_NODE_CONF);
  std::stringstream content;
  content << file.rdbuf();
  BOOST_TEST(content.str() == sample_file());
}

BOOST_AUTO_TEST_CASE(keys_of_one_section_stand_together_and_defaults_fit) {
  std::vector<std::string> sections;
  for (const auto& row : schema()) {
    const std::string section(row.key.substr(0, row.key.find('.')));
    if (sections.empty() || sections.back() != section) {
      BOOST_TEST((std::find(sections.begin(), sections.end(), section) == sections.end()), section);
      sections.push_back(section);
    }
    BOOST_TEST(!row.description.empty());
    BOOST_TEST(!is_unsupported(row.key));
    BOOST_TEST(read_text(row, row.normal).has_value());
    BOOST_TEST(find_setting(row.key) == &row);
  }
}

BOOST_AUTO_TEST_CASE(slips_of_the_finger_find_their_key) {
  BOOST_TEST(nearest_key("http.prt") == "http.port");
  BOOST_TEST(nearest_key("htp.port") == "http.port");
  BOOST_TEST(nearest_key("streams.maximum") == "streams.max");
  BOOST_TEST(nearest_key("cluster.secrets") == "cluster.secret");
  BOOST_TEST(nearest_key("something.else.entirely") == "");
  BOOST_TEST(nearest_key(std::string(100000, 'x')) == "");
}

BOOST_AUTO_TEST_CASE(texts_become_values) {
  const auto number = [](std::string_view text) {
    return read_text(*find_setting("http.port"), text).has_value();
  };
  BOOST_TEST(number("8480"));
  for (const auto* bad : {"", "x", "1x", "1.5", " 1", "99999999999999999999"}) {
    BOOST_TEST(!number(bad), bad);
  }
  const auto& flag = *find_setting("peer.discovery");
  for (const auto* good : {"true", "YES", "on", "1"}) {
    BOOST_TEST(std::get<bool>(*read_text(flag, good)), good);
  }
  for (const auto* good : {"false", "No", "off", "0"}) {
    BOOST_TEST(!std::get<bool>(*read_text(flag, good)), good);
  }
  BOOST_TEST(!read_text(flag, "maybe").has_value());
  const auto list = *read_text(*find_setting("peer.fixed"), " a:1, b:2 ,,");
  BOOST_TEST(std::get<std::vector<std::string>>(list) == (std::vector<std::string>{"a:1", "b:2"}),
             boost::test_tools::per_element());
  BOOST_TEST(toml_text(list) == "[\"a:1\", \"b:2\"]");
  BOOST_TEST(toml_text(std::string("a\"b\\")) == R"("a\"b\\")");
  BOOST_TEST(environment_name("http.allowed_hosts") == "HEARTH_HTTP_ALLOWED_HOSTS");
}

BOOST_AUTO_TEST_SUITE_END()
