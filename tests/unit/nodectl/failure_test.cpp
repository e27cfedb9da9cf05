// Exit codes, and what is said when something does not work.
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "scripted_node.hpp"

BOOST_AUTO_TEST_SUITE(nodectl_failures)

BOOST_AUTO_TEST_CASE(the_nodes_refusals_become_exit_codes) {
  const std::pair<unsigned, int> table[] = {{401, 4}, {403, 4}, {404, 5}, {400, 1},
                                            {409, 1}, {413, 1}, {500, 1}, {503, 1}};
  for (const auto& [status, code] : table) {
    scripted_node node;
    node.answer("GET /api/status", status,
                R"({"error":{"code":"c","message":"It said \u001b no.","hint":"Do this."}})");
    const auto done = node.run({"status"});
    BOOST_TEST(done.code == code);
    BOOST_TEST(done.out == "");
    BOOST_TEST(done.err == "nodectl: It said \\x1b no.\nhint: Do this.\n");
  }
}

BOOST_AUTO_TEST_CASE(a_node_that_is_not_there_is_code_3) {
  scripted_node node;
  std::filesystem::remove(node.folder() / "hearthd.sock");
  const auto done = node.run({"status"});
  BOOST_TEST(done.code == 3);
  BOOST_TEST(done.err.find("does not answer") != std::string::npos);
  BOOST_TEST(done.err.find("hearthd") != std::string::npos);
  BOOST_TEST(node.run({"--json", "notes", "list"}).code == 3);
}

BOOST_AUTO_TEST_CASE(answers_that_are_no_http_are_code_3_and_no_crash) {
  for (const auto* raw : {"what?", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
                          "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"}) {
    scripted_node node;
    node.answer_all(raw);
    BOOST_TEST(node.run({"status"}).code == 3, raw);
  }
}

BOOST_AUTO_TEST_CASE(answers_of_another_form_are_no_crash) {
  for (const auto* body : {"null", "[]", "7", "\"x\"", "{}", "{\"items\":7}", "no json",
                           "{\"counts\":[],\"uptime\":\"x\"}", "{\"items\":[7,null,[],{}]}"}) {
    scripted_node node;
    node.answer_all("HTTP/1.1 200 OK\r\nContent-Length: " +
                    std::to_string(std::string(body).size()) + "\r\n\r\n" + body);
    for (const auto& command : std::vector<std::vector<std::string>>{{"status"},
                                                                     {"streams", "list"},
                                                                     {"streams", "show", "x"},
                                                                     {"notes", "list"},
                                                                     {"notes", "show", "x"},
                                                                     {"notes", "search", "x"},
                                                                     {"notes", "history", "x"},
                                                                     {"notes", "diff", "x", "1"},
                                                                     {"images", "list", "x"},
                                                                     {"images", "show", "x"},
                                                                     {"videos", "list"},
                                                                     {"videos", "show", "x"},
                                                                     {"peers", "list"},
                                                                     {"config", "show"}}) {
      BOOST_TEST(node.run(command).code <= 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(wrong_usage_is_code_2) {
  scripted_node node;
  for (const auto& command : std::vector<std::vector<std::string>>{
           {},
           {"nonsense"},
           {"streams"},
           {"streams", "nonsense"},
           {"streams", "show"},
           {"notes", "create"},
           {"status", "--nonsense"},
           {"notes", "create", "t", "--text", "a", "--file", "b"}}) {
    const auto done = node.run(command);
    BOOST_TEST(done.code == 2);
    BOOST_TEST(!done.err.empty());
  }
  BOOST_TEST(node.asked().empty());
  const auto help = node.run({"--help"});
  BOOST_TEST(help.code == 0);
  BOOST_TEST(help.out.find("streams") != std::string::npos);
  BOOST_TEST(node.run({"--version"}).code == 0);
}

BOOST_AUTO_TEST_CASE(files_that_can_not_be_read_are_code_1) {
  scripted_node node;
  const auto image = node.run({"images", "upload", "s", "/not/there.png"});
  BOOST_TEST(image.code == 1);
  BOOST_TEST(image.err.find("/not/there.png: no such file") != std::string::npos);
  BOOST_TEST(node.run({"videos", "upload", "/"}).code == 1);
  BOOST_TEST(node.run({"notes", "create", "t", "--file", "/not/there"}).code == 1);
  BOOST_TEST(node.asked().empty());
}

BOOST_AUTO_TEST_CASE(a_node_that_refuses_an_upload_early_is_heard) {
  scripted_node node;
  std::ofstream(node.folder() / "big.mp4") << std::string(3'000'000, 'x');
  node.answer("POST /api/videos", 413,
              R"({"error":{"code":"file_too_large","message":"Too large.","hint":"Smaller."}})");
  const auto done = node.run({"videos", "upload", (node.folder() / "big.mp4").string()});
  BOOST_TEST(done.code == 1);
  BOOST_TEST(done.err == "nodectl: Too large.\nhint: Smaller.\n");
}

BOOST_AUTO_TEST_SUITE_END()
