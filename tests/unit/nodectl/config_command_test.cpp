// config check and config show.
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "scripted_node.hpp"

BOOST_AUTO_TEST_SUITE(nodectl_config)

BOOST_AUTO_TEST_CASE(check_needs_no_node_and_tells_every_mistake) {
  scripted_node node;
  const auto file = (node.folder() / "a.conf").string();
  std::ofstream(file) << "[http]\nprt = 1\nport = -1\n";
  const auto bad = node.run({"config", "check", file});
  BOOST_TEST(bad.code == 1);
  BOOST_TEST(bad.err.find(file + ":2: http.prt: there is no such setting") != std::string::npos);
  BOOST_TEST(bad.err.find(file + ":3: http.port: must be a whole number") != std::string::npos);
  std::ofstream(file) << "[http]\nport = 1\n";
  BOOST_TEST(node.run({"config", "check", file}).code == 0);
  BOOST_TEST(node.run({"config", "check"}).out == "No node.conf; the defaults: good\n");
  std::ofstream(node.folder() / "node.conf") << "nonsense";
  BOOST_TEST(node.run({"config", "check"}).code == 1);
  const auto json = node.run({"config", "check", "--json"});
  BOOST_TEST(json.code == 1);
  BOOST_TEST(json.out.find("\"errors\":[{\"where\"") != std::string::npos);
  BOOST_TEST(node.asked().empty());
}

BOOST_AUTO_TEST_CASE(show_tells_values_and_where_they_come_from) {
  scripted_node node;
  node.answer("GET /api/settings", 200,
              R"({"items":[{"key":"http.port","value":80,"origin":"node.conf:3"},)"
              R"({"key":"peer.fixed","value":["a:1"],"origin":"default"}],"next_cursor":null})");
  BOOST_TEST(node.run({"config", "show"}).out == "http.port = 80\npeer.fixed = [\"a:1\"]\n");
  BOOST_TEST(node.run({"config", "show", "--origin"}).out ==
             "http.port = 80   # node.conf:3\npeer.fixed = [\"a:1\"]   # default\n");
}

BOOST_AUTO_TEST_SUITE_END()
