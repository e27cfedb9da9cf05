// What a client of the server sees in ordinary and in broken traffic.
#include "node/http/server.hpp"

#include <sys/stat.h>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "eventually.hpp"
#include "raw_client.hpp"
#include "running_server.hpp"

namespace {

std::string code_of(const raw_answer& from) {
  const auto value = boost::json::parse(from.body);
  const auto& error = value.at("error").as_object();
  BOOST_TEST(!error.at("message").as_string().empty());
  BOOST_TEST(error.contains("hint"));
  return std::string(error.at("code").as_string());
}

void write_file(const running_server& at, std::size_t size) {
  std::string content(size, ' ');
  for (std::size_t i = 0; i < size; ++i)
    content[i] = static_cast<char>('a' + i % 26);
  std::ofstream(at.folder() / "file.bin", std::ios::binary) << content;
}

raw_answer ask(const running_server& at, std::string_view text) {
  raw_client one(at.port());
  one.send(text);
  return one.read_answer();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_server)

BOOST_AUTO_TEST_CASE(answers_with_params_and_security_fields) {
  running_server at;
  const auto said = raw_client::get(at.port(), "/hello/J%C3%BCrgen");
  BOOST_TEST(said.status == 200u);
  BOOST_TEST(said.body == "{\"hello\":\"J\xc3\xbcrgen\"}");
  BOOST_TEST(said.field("X-Content-Type-Options") == "nosniff");
  BOOST_TEST(said.field("Referrer-Policy") == "no-referrer");
  BOOST_TEST(said.field("Content-Security-Policy").find("default-src 'self'") == 0u);
  BOOST_TEST(said.field("Connection") == "keep-alive");
  BOOST_TEST(!said.field("Date").empty());
}

BOOST_AUTO_TEST_CASE(keeps_a_connection_and_answers_pipelined_requests_in_order) {
  running_server at;
  raw_client one(at.port());
  one.send(
      "GET /hello/a HTTP/1.1\r\nHost: localhost\r\n\r\n"
      "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 7\r\n\r\n{\"x\":1}"
      "GET /hello/b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  BOOST_TEST(one.read_answer().body == "{\"hello\":\"a\"}");
  const auto second = one.read_answer();
  BOOST_TEST(second.status == 201u);
  BOOST_TEST(second.body == "{\"x\":1}");
  const auto last = one.read_answer();
  BOOST_TEST(last.body == "{\"hello\":\"b\"}");
  BOOST_TEST(last.field("Connection") == "close");
  BOOST_TEST(one.closes_within(2000));
}

BOOST_AUTO_TEST_CASE(head_is_a_get_without_its_body) {
  running_server at;
  raw_client one(at.port());
  one.send("HEAD /hello/a HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const auto said = one.read_answer(true);
  BOOST_TEST(said.status == 200u);
  BOOST_TEST(said.field("Content-Length") == "13");
  one.send("GET /hello/b HTTP/1.1\r\nHost: localhost\r\n\r\n");
  BOOST_TEST(one.read_answer().body == "{\"hello\":\"b\"}");
}

BOOST_AUTO_TEST_CASE(its_own_errors_have_the_form_of_the_api) {
  running_server at;
  struct {
    std::string request;
    unsigned status;
    std::string code;
  } const table[] = {
      {"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", 404, "not_found"},
      {"PUT /echo HTTP/1.1\r\nHost: localhost\r\n\r\n", 405, "method_not_allowed"},
      {"GET /hello/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "bad_address"},
      {"GET /hello/a%2fb HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "bad_address"},
      {"GET /hello/a%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "bad_address"},
      {"BREW /hello/a HTTP/1.1\r\nHost: localhost\r\n\r\n", 501, "method_not_known"},
      {"GET /hello/a HTTP/1.1\r\n\r\n", 400, "bad_host"},
      {"GET /hello/a HTTP/1.1\r\nHost: a\r\nHost: localhost\r\n\r\n", 400, "bad_host"},
      {"GET /hello/a HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421, "wrong_host"},
      {"GET http://evil.example/hello/a HTTP/1.1\r\nHost: localhost\r\n\r\n", 421, "wrong_host"},
      {"GET /fails HTTP/1.1\r\nHost: localhost\r\n\r\n", 500, "internal"},
      {"\x16\x03\x01 what is this\r\n\r\n", 400, "malformed_request"},
      {"GET /hello/a HTTP/9.9\r\nHost: localhost\r\n\r\n", 400, "malformed_request"},
      {"GET  HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "malformed_request"},
      {"GET /hello/a HTTP/1.1\r\nHost localhost\r\n\r\n", 400, "malformed_request"},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400,
       "malformed_request"},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: "
       "chunked\r\n\r\n",
       400, "malformed_request"},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400,
       "malformed_request"},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n{x}", 400, "bad_json"},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n\"\xff\xfe\"}", 400,
       "bad_json"},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\nContent-Length: "
       "2\r\n\r\n{}",
       403, "cross_site"},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data\r\n"
       "Content-Length: 2\r\n\r\n{}",
       415, "json_wanted"},
  };
  for (const auto& row : table) {
    BOOST_TEST_CONTEXT(row.request) {
      const auto said = ask(at, row.request);
      BOOST_TEST(said.status == row.status);
      if (said.status != 0) BOOST_TEST(code_of(said) == row.code);
    }
  }
  const auto refused = ask(at, "DELETE /hello/a HTTP/1.1\r\nHost: localhost\r\n\r\n");
  BOOST_TEST(refused.field("Allow") == "GET, HEAD");
  const auto asked = ask(at, "OPTIONS /hello/a HTTP/1.1\r\nHost: localhost\r\n\r\n");
  BOOST_TEST(asked.status == 204u);
  // After all of that the node still answers everybody else.
  BOOST_TEST(raw_client::get(at.port(), "/hello/a").status == 200u);
}

BOOST_AUTO_TEST_CASE(a_file_is_sent_whole_and_by_ranges) {
  running_server at;
  write_file(at, 1'000'000);
  const auto whole = raw_client::get(at.port(), "/file");
  BOOST_TEST(whole.status == 200u);
  BOOST_TEST(whole.body.size() == 1'000'000u);
  BOOST_TEST(whole.field("Accept-Ranges") == "bytes");
  const auto part = raw_client::get(at.port(), "/file", "Range: bytes=26-51\r\n");
  BOOST_TEST(part.status == 206u);
  BOOST_TEST(part.body == "abcdefghijklmnopqrstuvwxyz");
  BOOST_TEST(part.field("Content-Range") == "bytes 26-51/1000000");
  const auto tail = raw_client::get(at.port(), "/file", "Range: bytes=-700000\r\n");
  BOOST_TEST(tail.body == whole.body.substr(300000));
  const auto behind = raw_client::get(at.port(), "/file", "Range: bytes=1000000-\r\n");
  BOOST_TEST(behind.status == 416u);
  BOOST_TEST(behind.field("Content-Range") == "bytes */1000000");
  BOOST_TEST(code_of(behind) == "range_not_there");
  const auto old = raw_client::get(at.port(), "/file", "Range: bytes=0-1\r\nIf-Range: \"v0\"\r\n");
  BOOST_TEST(old.status == 200u);
  const auto same = raw_client::get(at.port(), "/file", "Range: bytes=0-1\r\nIf-Range: \"v1\"\r\n");
  BOOST_TEST(same.status == 206u);
  const auto known = raw_client::get(at.port(), "/file", "If-None-Match: \"v1\"\r\n");
  BOOST_TEST(known.status == 304u);
}

BOOST_AUTO_TEST_CASE(a_file_that_shrinks_while_it_is_sent_cuts_the_connection) {
  running_server at;
  write_file(at, 30'000'000);
  raw_client one(at.port());
  one.send("GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n");
  one.read_until("\r\n\r\n");
  std::filesystem::resize_file(at.folder() / "file.bin", 1000);
  BOOST_TEST(one.read_rest().size() < 30'000'000u);
  BOOST_TEST(one.closes_within(1000));
}

BOOST_AUTO_TEST_CASE(the_unix_socket_is_for_its_user_and_needs_no_host) {
  running_server at;
  struct stat about {};
  BOOST_TEST(::stat(at.socket().c_str(), &about) == 0);
  BOOST_TEST((about.st_mode & 0777u) == 0600u);
  raw_client one(at.socket());
  one.send("POST /echo HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}");
  BOOST_TEST(one.read_answer().status == 201u);
}

BOOST_AUTO_TEST_CASE(a_caller_from_the_network_is_refused_until_there_are_passwords) {
  running_server at;
  const auto outside = raw_client::outside_address();
  if (outside.empty()) {
    BOOST_TEST_MESSAGE("this machine has no address but loopback");
    return;
  }
  const auto port = at.server().listen_tcp(outside, 0).value().port();
  at.server().start();
  raw_client one(outside, port);
  one.send("GET /hello/a HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const auto said = one.read_answer();
  BOOST_TEST(said.status == 403u);
  BOOST_TEST(code_of(said) == "remote_not_allowed");
}

BOOST_AUTO_TEST_CASE(a_second_listener_at_the_same_place_is_refused) {
  running_server at;
  boost::asio::io_context io;
  hearth::http::server other(io.get_executor(), std::make_shared<hearth::http::router>());
  BOOST_TEST(
      (other.listen_tcp("127.0.0.1", at.port()).error() == hearth::http::errc::address_in_use));
  BOOST_TEST((other.listen_tcp("localhost?", 0).error() == hearth::http::errc::bad_address));
  BOOST_TEST((other.listen_tcp("192.0.2.1", 0).error() == hearth::http::errc::listen_failed));
  BOOST_TEST((other.listen_local(at.socket()).error() == hearth::http::errc::address_in_use));
  BOOST_TEST(
      (other.listen_local("/nowhere/at/all.sock").error() == hearth::http::errc::listen_failed));
}

BOOST_AUTO_TEST_CASE(a_socket_file_of_a_dead_process_is_replaced_and_a_long_path_works) {
  running_server at;
  auto folder = at.folder() / std::string(90, 'x') / std::string(90, 'y');
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "hearthd.sock") << "left over";
  boost::asio::io_context io;
  hearth::http::server other(io.get_executor(), std::make_shared<hearth::http::router>());
  BOOST_TEST(other.listen_local(folder / "hearthd.sock").has_value());
  BOOST_TEST(std::filesystem::is_socket(folder / "hearthd.sock"));
}

BOOST_AUTO_TEST_CASE(stopping_finishes_what_is_in_work) {
  running_server at;
  raw_client idle(at.port());
  raw_client busy(at.port());
  busy.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
  BOOST_TEST(eventually([&at] { return at.server().counters().requests == 1; }));
  const auto took = at.stop();
  BOOST_TEST(busy.read_answer().body == "\"done\"");
  BOOST_TEST(idle.closes_within(100));
  BOOST_TEST(took.count() < 2500);
  BOOST_CHECK_THROW(raw_client{at.port()}, std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
