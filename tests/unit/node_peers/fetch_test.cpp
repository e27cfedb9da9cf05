#include <boost/asio/experimental/awaitable_operators.hpp>

#include "bulk_network.hpp"

using namespace hearth::peers_test;
using hearth::bytes;
using hearth::milliseconds;
using hearth::transport_test::check_error;
using hearth::wire::fetch_status;

namespace {

/// Answers every question with an answer to another one.
boost::asio::awaitable<void> answer_beside(link_ptr link) {
  auto frame = co_await link->receive_frame(std::chrono::seconds(5));
  if (!frame) co_return;
  auto message = hearth::wire::decode_frame(*frame);
  hearth::wire::fetch_response out;
  if (message) out.id = std::get<hearth::wire::fetch_request>(*message).id + 1;
  (void)link->send(hearth::wire::encode_frame(out));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fetching)

BOOST_AUTO_TEST_CASE(what_the_other_node_has_is_fetched) {
  bulk_network net;
  auto& server = net.add_server();
  server.source.things["thing a"] = bytes{1, 2, 3};
  const auto got = net.fetch(server.id(), "a");
  BOOST_REQUIRE(got);
  BOOST_TEST((got->body == bytes{1, 2, 3}));
  BOOST_TEST(got->total == 3u);
}

BOOST_AUTO_TEST_CASE(one_link_serves_many_questions) {
  bulk_network net;
  auto& server = net.add_server();
  server.source.things["thing a"] = bytes{1};
  for (int i = 0; i < 5; ++i)
    BOOST_TEST(net.fetch(server.id(), "a").has_value());
  check_error(net.fetch(server.id(), "b"), errc::not_there);
  BOOST_TEST(net.fetch(server.id(), "a").has_value());
  BOOST_TEST(server.links.size() == 1u);
}

BOOST_AUTO_TEST_CASE(each_refusal_has_its_name) {
  bulk_network net;
  auto& server = net.add_server();
  const std::pair<fetch_status, errc> table[] = {
      {fetch_status::not_found, errc::not_there},
      {fetch_status::refused, errc::refused},
      {fetch_status::busy, errc::busy},
      {fetch_status::failed, errc::broken_answer},
  };
  for (const auto& [status, expected] : table) {
    server.source.status = status;
    check_error(net.fetch(server.id(), "a"), expected);
  }
}

BOOST_AUTO_TEST_CASE(a_node_that_is_not_linked_cannot_be_asked) {
  bulk_network net;
  check_error(net.fetch(hearth::transport_test::make_node()->key.id(), "a"), errc::not_connected);
}

BOOST_AUTO_TEST_CASE(an_answer_to_another_question_is_not_taken) {
  bulk_network net;
  auto& server = net.add_server();
  server.door->stop();
  auto lie = [&net, &server](link_ptr link) {
    server.links.push_back(link);
    (void)net.tasks.spawn(link->executor(), "lie", answer_beside(link));
  };
  server.door = hearth::transport::listener::open(net.io.get_executor(), net.config, server.context,
                                                  net.tasks, lie)
                    .value();
  check_error(net.fetch(server.id(), "a"), errc::broken_answer);
}

// The other node was restarted while the film was paused: playing goes on.
BOOST_AUTO_TEST_CASE(a_kept_link_that_died_is_replaced) {
  bulk_network net;
  auto& server = net.add_server();
  server.source.things["thing a"] = bytes{1};
  BOOST_REQUIRE(net.fetch(server.id(), "a"));
  server.links.back()->close();
  net.io.restart();
  net.io.run_for(milliseconds(100));
  BOOST_TEST(net.fetch(server.id(), "a").has_value());
  BOOST_TEST(server.links.size() == 2u);
}

// The same when this side has not yet noticed.
BOOST_AUTO_TEST_CASE(a_link_that_dies_under_a_question_is_replaced) {
  bulk_network net;
  auto& server = net.add_server();
  server.source.things["thing a"] = bytes{1};
  BOOST_REQUIRE(net.fetch(server.id(), "a"));
  server.links.back()->close();
  BOOST_TEST(net.fetch(server.id(), "a").has_value());
  BOOST_TEST(server.links.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_node_that_answers_too_late_is_given_up) {
  bulk_network net;
  auto& server = net.add_server();
  server.source.things["thing a"] = bytes{1};
  server.source.pause = milliseconds(500);
  check_error(net.fetch(server.id(), "a", milliseconds(100)), hearth::errc::timed_out);
  server.source.pause = {};
  BOOST_TEST(net.fetch(server.id(), "a").has_value());  // on a new link
  BOOST_TEST(server.links.size() == 2u);
}

BOOST_AUTO_TEST_CASE(there_is_a_maximum_of_questions_at_once) {
  bulk_network net;
  auto& server = net.add_server();
  server.source.things["thing a"] = bytes{1};
  server.source.pause = milliseconds(300);
  std::size_t ok = 0;
  std::size_t busy = 0;
  for (int i = 0; i < 60; ++i) {
    hearth::wire::fetch_request request;
    request.kind = "thing";
    request.name = "a";
    request.length = 10;
    auto on_end = [&](std::exception_ptr, hearth::result<hearth::wire::fetch_response> got) {
      if (got) ++ok;
      if (!got && got.error() == errc::busy) ++busy;
    };
    boost::asio::co_spawn(
        net.io, net.fetcher.fetch(server.id(), std::move(request), std::chrono::seconds(8)),
        std::move(on_end));
  }
  BOOST_TEST(net.until([&] { return ok + busy == 60; }));
  BOOST_TEST(ok == 48u);
  BOOST_TEST(busy == 12u);
}

// One member that opens links without end must leave room for the others.
BOOST_AUTO_TEST_CASE(a_node_has_a_maximum_of_bulk_links) {
  bulk_count count;
  const auto greedy = hearth::transport_test::make_node()->key.id();
  const auto modest = hearth::transport_test::make_node()->key.id();
  std::vector<std::unique_ptr<bulk_place>> places;
  for (std::size_t i = 0; i < bulk_count::most_of_a_node; ++i) {
    places.push_back(std::make_unique<bulk_place>(count, greedy));
    BOOST_TEST(static_cast<bool>(*places.back()));
  }
  auto refused = std::make_unique<bulk_place>(count, greedy);
  BOOST_TEST(!*refused);
  BOOST_TEST(static_cast<bool>(bulk_place(count, modest)));
  places.pop_back();
  BOOST_TEST(static_cast<bool>(bulk_place(count, greedy)));
  places.clear();
  refused.reset();  // had no place, and gives none back
  BOOST_TEST(static_cast<bool>(bulk_place(count, greedy)));
}

BOOST_AUTO_TEST_CASE(after_the_close_nothing_is_asked) {
  bulk_network net;
  auto& server = net.add_server();
  server.source.things["thing a"] = bytes{1};
  BOOST_REQUIRE(net.fetch(server.id(), "a"));
  net.fetcher.close();
  BOOST_TEST(!net.fetch(server.id(), "a").has_value());
  BOOST_TEST(server.source.asked.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_question_that_is_none_ends_the_link) {
  bulk_network net;
  auto& server = net.add_server();
  hearth::transport::dial_target target;
  target.port = server.door->port();
  target.use = hearth::transport::purpose::bulk;
  const auto link = net.call(target).value();
  // Something that a newer release says is passed over, nonsense is not.
  BOOST_REQUIRE(link->send(hearth::wire::encode_frame(hearth::wire::ping{1})));
  BOOST_REQUIRE(link->send(bytes{}));
  check_error(net.receive(link), hearth::transport::errc::closed);
  BOOST_TEST(server.source.asked.empty());
}

BOOST_AUTO_TEST_SUITE_END()
