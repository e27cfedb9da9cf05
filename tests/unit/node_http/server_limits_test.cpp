// Clients that are too slow, too big or too many cost only themselves.
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdio>

#include "eventually.hpp"
#include "raw_client.hpp"
#include "running_server.hpp"

namespace {

using std::chrono::milliseconds;

hearth::http::server_options impatient() {
  hearth::http::server_options out;
  out.idle = milliseconds(600);
  out.header = milliseconds(300);
  out.body_progress = milliseconds(300);
  out.json_body = milliseconds(600);
  out.write = milliseconds(300);
  out.heartbeat = milliseconds(200);
  out.linger = milliseconds(500);
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_limits)

BOOST_AUTO_TEST_CASE(a_header_that_drips_is_answered_408) {
  running_server at(impatient());
  raw_client one(at.port());
  for (const char c : std::string("GET /hello/a HTTP/1.1\r\n")) {
    if (!one.send({&c, 1})) break;
    std::this_thread::sleep_for(milliseconds(20));
  }
  const auto said = one.read_answer();
  BOOST_TEST(said.status == 408u);
  BOOST_TEST(said.body.find("too_slow") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_idle_connection_is_closed_without_a_word) {
  running_server at(impatient());
  raw_client one(at.port());
  BOOST_TEST(one.read_rest(3000).empty());
  BOOST_TEST(one.closes_within(10));
}

BOOST_AUTO_TEST_CASE(a_body_that_stops_is_answered_408) {
  running_server at(impatient());
  raw_client one(at.port());
  one.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"a\":");
  BOOST_TEST(one.read_answer().status == 408u);
}

BOOST_AUTO_TEST_CASE(a_body_that_drips_for_ever_is_answered_408) {
  running_server at(impatient());
  raw_client one(at.port());
  one.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n");
  for (int i = 0; i < 15 && one.send(" "); ++i)
    std::this_thread::sleep_for(milliseconds(60));
  BOOST_TEST(one.read_answer().status == 408u);
}

BOOST_AUTO_TEST_CASE(a_huge_header_is_answered_431) {
  running_server at;
  raw_client one(at.port());
  one.send("GET /hello/a HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(20'000, 'x') +
           "\r\n\r\n");
  BOOST_TEST(one.read_answer().status == 431u);
  raw_client two(at.port());
  two.send("GET /" + std::string(300'000, 'x'));
  BOOST_TEST(two.read_answer().status == 431u);
}

BOOST_AUTO_TEST_CASE(a_body_above_the_routes_limit_is_answered_413) {
  running_server at;
  raw_client announced(at.port());
  announced.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n");
  BOOST_TEST(announced.read_answer().status == 413u);
  raw_client chunked(at.port());
  chunked.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
  chunked.send("1000\r\n" + std::string(4096, ' ') + "\r\n0\r\n\r\n");
  BOOST_TEST(chunked.read_answer().status == 413u);
  raw_client unwanted(at.port());
  unwanted.send("GET /hello/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 70000\r\n\r\n");
  BOOST_TEST(unwanted.read_answer().status == 413u);
}

BOOST_AUTO_TEST_CASE(deep_json_is_refused) {
  running_server at;
  raw_client one(at.port());
  const std::string deep = std::string(500, '[') + std::string(500, ']');
  one.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n" + deep);
  BOOST_TEST(one.read_answer().status == 400u);
}

BOOST_AUTO_TEST_CASE(connections_above_the_limit_hear_503) {
  hearth::http::server_options options;
  options.connections_per_address = 3;
  running_server at(options);
  std::vector<std::unique_ptr<raw_client>> many;
  for (int i = 0; i < 3; ++i) {
    many.push_back(std::make_unique<raw_client>(at.port()));
    many.back()->send("GET /hello/a HTTP/1.1\r\nHost: localhost\r\n\r\n");
    BOOST_TEST(many.back()->read_answer().status == 200u);
  }
  raw_client over(at.port());
  BOOST_TEST(over.read_answer().status == 503u);
  BOOST_TEST(at.server().counters().connections_refused == 1u);
  many.clear();
  BOOST_TEST(eventually([&at] { return raw_client::get(at.port(), "/hello/a").status == 200; }));
}

BOOST_AUTO_TEST_CASE(events_arrive_with_heartbeats_between) {
  running_server at(impatient());
  raw_client one(at.port());
  one.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const auto head = one.read_until(": connected");
  BOOST_TEST(head.find("text/event-stream") != std::string::npos);
  at.events().publish("change", boost::json::object{{"topic", "notes"}});
  BOOST_TEST(one.read_until("\"}\n\n").find("event: change\ndata: {\"topic\":\"notes\"}\n\n") !=
             std::string::npos);
  BOOST_TEST(one.read_until("still here").find(": still here") != std::string::npos);
  at.stop();
  BOOST_TEST(one.closes_within(1000));
}

BOOST_AUTO_TEST_CASE(a_client_that_does_not_read_its_events_is_cut) {
  running_server at(impatient());
  raw_client lazy(at.port());
  lazy.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  lazy.read_until(": connected");
  raw_client good(at.port());
  good.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  good.read_until(": connected");
  const boost::json::object big{{"text", std::string(400'000, 'x')}};
  for (int i = 0; i < 60; ++i) {
    at.events().publish("change", big);
    BOOST_TEST(!good.read_until("\"}\n\n").empty());
  }
  BOOST_TEST(eventually([&at] { return at.events().clients() == 1; }));
}

BOOST_AUTO_TEST_CASE(a_page_that_goes_frees_its_place_at_once) {
  running_server at;
  for (int i = 0; i < 12; ++i) {
    raw_client one(at.port());
    one.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    BOOST_TEST(one.read_until(": connected").find("200") != std::string::npos);
    one.finish_sending();
    BOOST_TEST(one.closes_within(2000));
  }
}

BOOST_AUTO_TEST_CASE(too_many_listeners_hear_503) {
  running_server at;
  std::vector<std::unique_ptr<raw_client>> many;
  for (int i = 0; i < 4; ++i) {
    many.push_back(std::make_unique<raw_client>(at.port()));
    many.back()->send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    many.back()->read_until(": connected");
  }
  BOOST_TEST(raw_client::get(at.port(), "/events").status == 503u);
}

BOOST_AUTO_TEST_CASE(a_client_that_does_not_read_its_file_is_cut) {
  running_server at(impatient());
  {
    std::FILE* file = std::fopen((at.folder() / "file.bin").c_str(), "wb");
    BOOST_TEST(::ftruncate(::fileno(file), 50'000'000) == 0);
    std::fclose(file);
  }
  raw_client lazy(at.port());
  lazy.send("GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n");
  BOOST_TEST(eventually([&at] {
    const auto counted = at.server().counters();
    return counted.connections_taken > 0 && counted.connections_open == 0;
  }));
}

BOOST_AUTO_TEST_SUITE_END()
