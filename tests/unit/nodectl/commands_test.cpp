// Each command: what it asks of the node, and what a person and a script see.
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "scripted_node.hpp"

namespace {

const std::string full_id = "0f0e0d0c-0b0a-4908-8706-050403020100";

std::string last(const scripted_node& node) {
  const auto all = node.asked();
  return all.empty() ? "" : all.back();
}

std::string note(std::string_view id) {
  return "/api/notes/" + std::string(id);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(nodectl_commands)

BOOST_AUTO_TEST_CASE(status) {
  scripted_node node;
  const std::string body =
      R"({"node_id":"abc","node_name":"left\u0007","version":"1","uptime":3700,)"
      R"("counts":{"videos":1,"active_streams":2,"images":3,"notes":4,"peers":5}})";
  node.answer("GET /api/status", 200, body);
  const auto done = node.run({"status"});
  BOOST_TEST(done.code == 0);
  BOOST_TEST(done.out.find("node:             left\\x07\n") == 0u);
  BOOST_TEST(done.out.find("up for:           1 h 1 min\n") != std::string::npos);
  BOOST_TEST(done.out.find("peers connected:  5\n") != std::string::npos);
  const auto json = node.run({"status", "--json"});
  BOOST_TEST((boost::json::parse(json.out) == boost::json::parse(body)));
}

BOOST_AUTO_TEST_CASE(lists_follow_their_pages) {
  scripted_node node;
  node.answer("GET /api/streams/all", 200,
              R"({"items":[{"stream_id":"s1","stream_name":"Door","status":"live","viewers":3}],)"
              R"("next_cursor":"a b"})");
  node.answer("GET /api/streams/all?cursor=a%20b", 200,
              R"({"items":[{"stream_id":"s2","stream_name":"Hall","status":"waiting"}],)"
              R"("next_cursor":null})");
  const auto done = node.run({"streams", "list"});
  BOOST_TEST(done.out.find("NAME  STATUS") == 0u);
  BOOST_TEST(done.out.find("Door  live") != std::string::npos);
  BOOST_TEST(done.out.find("Hall  waiting") != std::string::npos);
  const auto json = boost::json::parse(node.run({"--json", "streams", "list"}).out);
  BOOST_TEST(json.at("items").as_array().size() == 2u);
  node.answer("GET /api/streams", 200, R"({"items":[]})");
  BOOST_TEST(node.run({"streams", "list", "--own"}).out == "There are no streams.\n");
}

BOOST_AUTO_TEST_CASE(streams) {
  scripted_node node;
  node.answer(
      "POST /api/streams/create", 201,
      R"({"stream_id":"i","stream_key":"k","rtmp_url":"rtmp://h:1935/live","status":"waiting"})");
  const auto made = node.run({"streams", "create", "Stage", "--description", "Left", "--resolution",
                              "1080p", "--bitrate", "6"});
  BOOST_TEST(made.code == 0);
  BOOST_TEST(made.out.find("stream key:    k\n") != std::string::npos);
  BOOST_TEST(last(node) ==
             "POST /api/streams/create "
             R"({"stream_name":"Stage","description":"Left","resolution":"1080p","bitrate":6})");
  const auto one = "/api/streams/" + full_id;
  node.answer("GET " + one, 200, R"({"stream_name":"Stage","status":"live","uptime":61})");
  BOOST_TEST(node.run({"streams", "show", full_id}).out.find("up for:    1 min 1 s") !=
             std::string::npos);
  node.answer("POST " + one + "/start", 200, R"({"already_running":true,"playlist_url":"/p"})");
  BOOST_TEST(node.run({"streams", "start", full_id}).out == "Was running already. Playlist: /p\n");
  node.answer("POST " + one + "/stop", 200, R"({"success":true})");
  BOOST_TEST(node.run({"streams", "stop", full_id}).out == "Stopped.\n");
  node.answer("DELETE " + one, 204, "");
  BOOST_TEST(node.run({"streams", "delete", full_id}).out == "Deleted.\n");
  BOOST_TEST(node.run({"streams", "delete", full_id, "--json"}).out == "{}\n");
  node.answer("POST /api/streams/cleanup", 200, R"({"cleaned_up":2,"message":"2 ended"})");
  BOOST_TEST(node.run({"streams", "cleanup"}).out == "2 ended\n");
}

BOOST_AUTO_TEST_CASE(the_beginning_of_an_id_is_enough_when_it_is_clear) {
  scripted_node node;
  node.answer("GET /api/notes", 200,
              R"({"items":[{"note_id":"abcd1234-x"},{"note_id":"abcd9999-y"}]})");
  node.answer("DELETE /api/notes/abcd1234-x", 204, "");
  BOOST_TEST(node.run({"notes", "delete", "abcd12"}).code == 0);
  const auto unclear = node.run({"notes", "delete", "abcd"});
  BOOST_TEST(unclear.code == 1);
  BOOST_TEST(unclear.err.find("several ids") != std::string::npos);
  BOOST_TEST(node.run({"notes", "delete", "zzzz"}).code == 5);
  BOOST_TEST(node.run({"notes", "delete", "../../x y"}).code == 5);
  BOOST_TEST(last(node) == "DELETE /api/notes/..%2F..%2Fx%20y");
}

BOOST_AUTO_TEST_CASE(notes_are_made_from_text_files_and_input) {
  scripted_node node;
  node.answer("POST /api/notes", 201, R"({"note_id":"n","version":"v"})");
  const auto made =
      node.run({"notes", "create", "--text", "x\ny", "--tag", "a", "--tag", "b", "T", "--shared"});
  BOOST_TEST(made.out == "n\n");
  BOOST_TEST(last(node) ==
             R"(POST /api/notes {"title":"T","text":"x\ny","tags":["a","b"],"shared":true})");
  std::ofstream(node.folder() / "n.md") << "from a file";
  node.run({"notes", "create", "T", "--file", (node.folder() / "n.md").string()});
  BOOST_TEST(last(node).find("\"text\":\"from a file\"") != std::string::npos);
  node.run({"notes", "create", "T"}, "from the input");
  BOOST_TEST(last(node).find("\"text\":\"from the input\"") != std::string::npos);
  node.run({"notes", "create", "T", "--file", "-"}, std::string(200'000, 'x'));
  BOOST_TEST(last(node).size() > 200'000u);
}

BOOST_AUTO_TEST_CASE(notes_are_changed) {
  scripted_node node;
  node.answer("PATCH " + note(full_id), 200, R"({"version":"v2","text":"t"})");
  BOOST_TEST(node.run({"notes", "edit", full_id, "--text", "t", "--base", "v1"}).out ==
             "Saved as version v2.\n");
  BOOST_TEST(last(node) == "PATCH " + note(full_id) + R"( {"base":"v1","text":"t"})");
  node.run({"notes", "edit", full_id, "--title", "New"}, "not read");
  BOOST_TEST(last(node) == "PATCH " + note(full_id) + R"( {"title":"New"})");
  node.run({"notes", "edit", full_id}, "typed");
  BOOST_TEST(last(node) == "PATCH " + note(full_id) + R"( {"text":"typed"})");
  node.run({"notes", "share", full_id});
  BOOST_TEST(last(node) == "PATCH " + note(full_id) + R"( {"shared":true})");
  node.run({"notes", "unshare", full_id});
  BOOST_TEST(last(node) == "PATCH " + note(full_id) + R"( {"shared":false})");
  node.answer("POST " + note(full_id) + "/restore", 200, "{}");
  BOOST_TEST(node.run({"notes", "restore", full_id, "v1"}).out == "Restored.\n");
  BOOST_TEST(last(node) == "POST " + note(full_id) + R"(/restore {"version":"v1"})");
}

BOOST_AUTO_TEST_CASE(notes_are_read) {
  scripted_node node;
  const std::string body = R"({"note_id":"n","title":"T","text":"# A\n\u001b[2Jb","tags":["x"],)"
                           R"("shared":true,"version":"v2"})";
  node.answer("GET " + note(full_id), 200, body);
  const auto shown = node.run({"notes", "show", full_id});
  BOOST_TEST(shown.out.find("title:") == 0u);
  BOOST_TEST(shown.out.ends_with("\n\n# A\n\\x1b[2Jb\n"));
  node.answer("GET " + note(full_id) + "/versions/v1", 200, body);
  BOOST_TEST(node.run({"notes", "show", full_id, "--version", "v1"}).code == 0);
  node.answer(
      "GET " + note(full_id) + "/versions", 200,
      R"({"items":[{"version":"v1","author_name":"left","time":"2026","summary":"made"}]})");
  BOOST_TEST(node.run({"notes", "history", full_id}).out.find("v1       2026  left  made") !=
             std::string::npos);
  node.answer("GET " + note(full_id) + "/diff?from=v1&to=v2", 200,
              R"({"changes":[{"op":"equal","text":"a\n"},{"op":"delete","text":"b\n"},)"
              R"({"op":"insert","text":"c\nd"}]})");
  BOOST_TEST(node.run({"notes", "diff", full_id, "v1"}).out == "  a\n- b\n+ c\n+ d\n");
  BOOST_TEST(node.run({"notes", "diff", full_id, "v1", "v2"}).code == 0);
  node.answer("GET /api/notes?q=two%20words", 200,
              R"({"items":[{"note_id":"n","title":"T","snippet":"... two words"}]})");
  BOOST_TEST(node.run({"notes", "search", "two words"}).out == "T  n\n    ... two words\n");
  node.answer("GET /api/notes?tag=x", 200, R"({"items":[{"note_id":"n","title":"T"}]})");
  BOOST_TEST(node.run({"notes", "list", "--tag", "x"}).out.find("T") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(images) {
  scripted_node node;
  const auto stream = "/api/streams/" + full_id + "/images";
  const std::string body =
      R"({"image_id":"i","width":4,"height":3,"size":10,"visibility":"private"})";
  std::ofstream(node.folder() / "a\"b.png") << "PNG\r\n\r\n--bytes";
  node.answer("POST " + stream, 201, body);
  const auto sent = node.run({"images", "upload", full_id, (node.folder() / "a\"b.png").string(),
                              "--visibility", "private"});
  BOOST_TEST(sent.code == 0);
  BOOST_TEST(sent.out.find("pixels:      4x3\n") != std::string::npos);
  BOOST_TEST(last(node).find("name=\"visibility\"\r\n\r\nprivate\r\n") != std::string::npos);
  BOOST_TEST(last(node).find("filename=\"a%22b.png\"") != std::string::npos);
  BOOST_TEST(last(node).find("PNG\r\n\r\n--bytes\r\n--hearth-") != std::string::npos);
  node.answer("GET " + stream, 200, "{\"items\":[" + body + "]}");
  BOOST_TEST(node.run({"images", "list", full_id}).out.find("4x3") != std::string::npos);
  node.answer("GET /api/images/i", 200, body);
  BOOST_TEST(node.run({"images", "show", "i"}).code == 0);
  node.answer("PATCH /api/images/i", 200, body);
  BOOST_TEST(node.run({"images", "visibility", "i", "public"}).out == "The image is public now.\n");
  node.answer("DELETE /api/images/i", 204, "");
  BOOST_TEST(node.run({"images", "delete", "i"}).code == 0);
}

BOOST_AUTO_TEST_CASE(videos) {
  scripted_node node;
  const std::string body =
      R"({"video_id":"v","name":"Film.mp4","size":1536,"duration":61.5,"nodes":["left"]})";
  std::ofstream(node.folder() / "Film.mp4") << std::string(1'000'000, 'x');
  node.answer("POST /api/videos", 201, body);
  const auto sent = node.run({"videos", "upload", (node.folder() / "Film.mp4").string()});
  BOOST_TEST(sent.code == 0);
  BOOST_TEST(sent.out.find("length:     1 min 1 s\n") != std::string::npos);
  BOOST_TEST(last(node).size() > 1'000'000u);
  node.answer("GET /api/videos?q=a&sort=name", 200, "{\"items\":[" + body + "]}");
  BOOST_TEST(node.run({"videos", "list", "--query", "a", "--sort", "name"})
                 .out.find("Film.mp4  1 min 1 s          1.5 KiB") != std::string::npos);
  const auto one = "/api/videos/" + full_id;
  node.answer("GET " + one, 200, body);
  BOOST_TEST(node.run({"videos", "show", full_id}).code == 0);
  node.answer("PATCH " + one, 200, body);
  BOOST_TEST(node.run({"videos", "rename", full_id, "New"}).out == "Renamed.\n");
  BOOST_TEST(last(node) == "PATCH " + one + R"( {"name":"New"})");
  node.answer("DELETE " + one, 204, "");
  BOOST_TEST(node.run({"videos", "delete", full_id}).code == 0);
}

BOOST_AUTO_TEST_CASE(peers) {
  scripted_node node;
  node.answer("GET /api/peers", 200,
              R"({"items":[{"node_id":"n","name":"right\u001b[31m","state":"unreachable",)"
              R"("address":"h:1","why":"no answer"}]})");
  const auto listed = node.run({"peers", "list"});
  BOOST_TEST(listed.out.find("right\\x1b[31m  unreachable  h:1") != std::string::npos);
  BOOST_TEST(listed.out.ends_with("right\\x1b[31m: no answer\n"));
  BOOST_TEST(listed.out.find('\x1b') == std::string::npos);
  node.answer("POST /api/peers", 201, "{}");
  BOOST_TEST(node.run({"peers", "add", "h:1"}).code == 0);
  BOOST_TEST(last(node) == R"(POST /api/peers {"address":"h:1"})");
}

BOOST_AUTO_TEST_SUITE_END()
