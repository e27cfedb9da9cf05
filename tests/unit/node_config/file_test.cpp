// node.conf files, good and bad: each mistake is told with its line.
#include <boost/test/unit_test.hpp>

#include "around.hpp"

namespace {

std::string errors_of(std::string_view content) {
  const test_place at;
  const auto file = at.write("c.conf", content);
  auto said = words(at.load({"--config", file}).errors);
  for (auto found = said.find(file.string()); found != std::string::npos;
       found = said.find(file.string())) {
    said.replace(found, file.string().size(), "F");
  }
  return said;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(config_file)

BOOST_AUTO_TEST_CASE(all_forms_of_values) {
  const test_place at;
  const auto file = at.write("c.conf",
                             "node.name = \"left\"\n"
                             "[peer]\ndiscovery = false\nfixed = [\"a:1\", \"b:2\"]\n"
                             "[log]\nformat = \"json\"\n");
  const auto loaded = at.load({"--config=" + file.string()});
  BOOST_TEST(words(loaded.errors) == "");
  BOOST_TEST(loaded.config.node.name == "left");
  BOOST_TEST(!loaded.config.peer.discovery);
  BOOST_TEST(loaded.config.peer.fixed.size() == 2u);
  BOOST_TEST(loaded.config.log.format == "json");
  BOOST_TEST(loaded.config.file == file);
}

BOOST_AUTO_TEST_CASE(mistakes_have_a_line_and_a_hint) {
  BOOST_TEST(errors_of("[http]\nport = \"8480\"\n") ==
             "F:2: http.port: must be a whole number from 0 to 65535 (For example: 8480.)\n");
  BOOST_TEST(errors_of("\n[http]\n\nprt = 1\n") ==
             "F:4: http.prt: there is no such setting (Did you mean http.port?)\n");
  BOOST_TEST(errors_of("[http.port]\nx = 1\n").find("F:1: http.port: must be") == 0u);
  BOOST_TEST(errors_of("[peer]\nfixed = \"a:1\"\n").find("F:2: peer.fixed: must be a list") == 0u);
  BOOST_TEST(errors_of("[peer]\nfixed = [1]\n").find("F:2: peer.fixed: must be a list") == 0u);
  BOOST_TEST(errors_of("[peer]\ndiscovery = 1\n").find("must be true or false") !=
             std::string::npos);
  BOOST_TEST(errors_of("colour = 1\n").find("F:1: colour: there is no such setting") == 0u);
  BOOST_TEST(errors_of("[colour]\nred = 1\n").find("F:2: colour.red: there is no such") == 0u);
  BOOST_TEST(errors_of("[cluster]\nsecret = 12345\n").find("12345") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(keys_of_later_versions_are_refused_as_such) {
  for (const auto* line :
       {"peer.coordinators = []", "rtmps.port = 1936", "srt.port = 1", "frames.interval_ms = 1",
        "record.folder = \"x\"", "store.directory = \"/x\"", "blobs.directory = \"/x\"",
        "blobs.s3.bucket = \"b\""}) {
    const auto said = errors_of(std::string(line) + "\n");
    BOOST_TEST(said.find("is not supported by this version") != std::string::npos,
               line << ": " << said);
  }
}

BOOST_AUTO_TEST_CASE(files_that_are_no_node_conf) {
  BOOST_TEST(errors_of("[http\nport = 1").find("F:1: ") == 0u);
  BOOST_TEST(errors_of("port = = 1").find("F:1: ") == 0u);
  BOOST_TEST(errors_of("a = 1\na = 2\n").find("F:2: ") == 0u);
  BOOST_TEST(errors_of(std::string("\x7f"
                                   "ELF\x01\0\0\0",
                                   8))
                 .find("is not a text file") != std::string::npos);
  BOOST_TEST(errors_of("a = \"\xff\xfe\"").find("F:1: ") == 0u);
  BOOST_TEST(errors_of(std::string(1024 * 1024 + 1, '#')).find("is larger than 1 MiB") !=
             std::string::npos);
  BOOST_TEST(errors_of("x = " + std::string(5000, '[')).find("F:1: ") == 0u);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_an_error_only_when_named) {
  test_place at;
  BOOST_TEST(words(at.load({"--config", "/not/there.conf"}).errors).find("no such file") !=
             std::string::npos);
  at.around.variables["HEARTH_CONFIG"] = "/not/there.conf";
  BOOST_TEST(at.load().errors.size() == 1u);
  at.around.variables.erase("HEARTH_CONFIG");
  BOOST_TEST(at.load().errors.empty());
  at.write(".local/share/hearth/node.conf", "[http]\nport = 81\n");
  BOOST_TEST(at.load().config.http.port == 81);
}

BOOST_AUTO_TEST_CASE(a_secret_that_everybody_can_read_is_pointed_out) {
  const test_place at;
  const auto file = at.write("c.conf", "[cluster]\nsecret = \"0123456789abcdef\"\n");
  BOOST_TEST(at.load({"--config", file}).warnings.empty());
  std::filesystem::permissions(file, std::filesystem::perms(0644));
  BOOST_TEST(words(at.load({"--config", file}).warnings).find("chmod o-r") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
