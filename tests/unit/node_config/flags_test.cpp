// The command line of hearthd.
#include <boost/test/unit_test.hpp>

#include "around.hpp"

using hearth::config::request;

BOOST_AUTO_TEST_SUITE(config_flags)

BOOST_AUTO_TEST_CASE(every_key_is_a_flag_in_both_forms) {
  const test_place at;
  const auto loaded = at.load({"--http.port", "0", "--peer.port=0", "--peer.discovery", "false",
                               "--node.name=left", "--log.level", "debug"});
  BOOST_TEST(words(loaded.errors) == "");
  BOOST_TEST(loaded.config.http.port == 0);
  BOOST_TEST(loaded.config.peer.port == 0);
  BOOST_TEST(!loaded.config.peer.discovery);
  BOOST_TEST(loaded.config.node.name == "left");
  BOOST_TEST(origin(loaded, "peer.port") == "--peer.port");
  std::vector<std::string> all;
  for (const auto& row : hearth::config::schema()) {
    auto value = std::string(row.normal);
    if (row.key == "cluster.secret") value = "0123456789abcdef";
    if (row.key == "peer.fixed") value = "a:1";
    if (row.key == "http.allowed_hosts") value = "a";
    if (row.key == "node.name") value = "n";
    all.push_back("--" + std::string(row.key));
    all.push_back(value);
  }
  BOOST_TEST(words(at.load(all).errors) == "");
}

BOOST_AUTO_TEST_CASE(mistakes_are_all_told) {
  const test_place at;
  const auto said = words(at.load({"--http.prt", "1", "--rtmp.port", "x", "--srt.port=1", "stray",
                                   "--streams.max", "3", "--streams.max", "4"})
                              .errors);
  for (const auto* wanted :
       {"--http.prt: there is no such setting (Did you mean http.port?)\n",
        "--rtmp.port: must be a whole number from 0 to 65535",
        "--srt.port: is not supported by this version", "\"stray\" is not understood",
        "--streams.max: is given more than once"}) {
    BOOST_TEST(said.find(wanted) != std::string::npos, wanted << "\nis not in\n" << said);
  }
  BOOST_TEST(!at.load({"--http.port"}).errors.empty());
  BOOST_TEST(!at.load({"--config"}).errors.empty());
}

BOOST_AUTO_TEST_CASE(other_things_to_do) {
  const test_place at;
  BOOST_TEST((at.load({"--check"}).wanted == request::check));
  BOOST_TEST((at.load({"--version"}).wanted == request::show_version));
  const auto help = at.load({"--help"});
  BOOST_TEST((help.wanted == request::show_help));
  for (const auto& row : hearth::config::schema()) {
    BOOST_TEST(help.help.find("--" + std::string(row.key)) != std::string::npos, row.key);
  }
}

BOOST_AUTO_TEST_SUITE_END()
