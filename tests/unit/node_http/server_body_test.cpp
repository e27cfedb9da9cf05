// Uploads through the server: forms arrive in pieces and are never held whole.
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "eventually.hpp"
#include "raw_client.hpp"
#include "running_server.hpp"

namespace {

std::string form(std::size_t file_bytes) {
  return "--b0\r\nContent-Disposition: form-data; name=\"visibility\"\r\n\r\nprivate\r\n"
         "--b0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../etc/cat.png\"\r\n"
         "Content-Type: image/png\r\n\r\n" +
         std::string(file_bytes, '\r') + "\r\n--b0--\r\n";
}

std::string head(std::size_t length, std::string_view more = {}) {
  return "POST /upload HTTP/1.1\r\nHost: localhost\r\n"
         "Content-Type: multipart/form-data; boundary=b0\r\n" +
         std::string(more) + "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_bodies)

BOOST_AUTO_TEST_CASE(a_form_is_read_and_its_file_name_is_no_path) {
  running_server at;
  raw_client one(at.port());
  const auto body = form(700'000);
  one.send(head(body.size()) + body);
  const auto said = one.read_answer();
  BOOST_TEST(said.status == 201u);
  const auto value = boost::json::parse(said.body);
  BOOST_TEST(value.at("visibility").as_string() == "private");
  BOOST_TEST(value.at("file").as_string() == "cat.png");
  BOOST_TEST(value.at("size").to_number<int>() == 700'000);
  one.send("GET /hello/a HTTP/1.1\r\nHost: localhost\r\n\r\n");
  BOOST_TEST(one.read_answer().status == 200u);
}

BOOST_AUTO_TEST_CASE(a_form_may_come_chunked) {
  running_server at;
  raw_client one(at.port());
  one.send(
      "POST /upload HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
      "Content-Type: multipart/form-data; boundary=b0\r\n\r\n");
  for (const char c : form(3)) {
    const auto chunk = std::string("1\r\n") + c + "\r\n";
    BOOST_TEST_REQUIRE(one.send(chunk));
  }
  one.send("0\r\n\r\n");
  BOOST_TEST(one.read_answer().status == 201u);
}

BOOST_AUTO_TEST_CASE(a_client_that_waits_for_continue_gets_it_only_when_its_body_is_wanted) {
  running_server at;
  const auto body = form(10);
  raw_client wanted(at.port());
  wanted.send(head(body.size(), "Expect: 100-continue\r\n"));
  BOOST_TEST(wanted.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  wanted.send(body);
  BOOST_TEST(wanted.read_answer().status == 201u);
  raw_client refused(at.port());
  refused.send(head(50'000'000, "Expect: 100-continue\r\n"));
  const auto said = refused.read_answer();
  BOOST_TEST(said.status == 413u);
  BOOST_TEST(said.field("Connection") == "close");
}

BOOST_AUTO_TEST_CASE(a_client_that_sends_too_much_sees_the_answer_and_not_a_reset) {
  running_server at;
  raw_client one(at.port());
  const auto body = form(20 * 1024 * 1024);
  BOOST_TEST(one.send(head(body.size()) + body));
  const auto said = one.read_answer();
  BOOST_TEST(said.status == 413u);
  BOOST_TEST(said.body.find("file_too_large") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(broken_forms_are_refused) {
  running_server at;
  const auto whole = form(5);
  struct {
    std::string type;
    std::string body;
    unsigned status;
  } const table[] = {
      {"application/json", "{}", 415},
      {"multipart/form-data", whole, 400},
      {"multipart/form-data; boundary=other", whole, 400},
      {"multipart/form-data; boundary=b0", whole.substr(0, whole.size() - 6), 400},
      {"multipart/form-data; boundary=b0", "", 400},
      {"multipart/form-data; boundary=b0", "--b0\r\n\r\nx\r\n--b0--", 400},
  };
  for (const auto& row : table) {
    BOOST_TEST_CONTEXT(row.type) {
      raw_client one(at.port());
      one.send("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + row.type +
               "\r\nContent-Length: " + std::to_string(row.body.size()) + "\r\n\r\n" + row.body);
      BOOST_TEST(one.read_answer().status == row.status);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_client_that_goes_in_the_middle_costs_nothing) {
  running_server at;
  {
    raw_client one(at.port());
    one.send(head(1'000'000) + form(1000).substr(0, 500));
  }
  BOOST_TEST(eventually([&at] { return at.server().counters().connections_open == 0; }));
}

BOOST_AUTO_TEST_SUITE_END()
