// Queues of server-sent events.
#include "node/http/events.hpp"

#include <boost/test/unit_test.hpp>

using namespace hearth::http;

BOOST_AUTO_TEST_SUITE(http_events)

BOOST_AUTO_TEST_CASE(data_of_several_lines_stays_one_event) {
  BOOST_TEST(event_text("change", "a\r\nb") == "event: change\ndata: a\ndata: b\n\n");
}

BOOST_AUTO_TEST_CASE(a_full_queue_is_closed) {
  event_queue queue(2);
  int calls = 0;
  queue.on_change([&calls] { ++calls; });
  BOOST_TEST(queue.push("a", "1"));
  BOOST_TEST(queue.push("a", "2"));
  BOOST_TEST(!queue.push("a", "3"));
  BOOST_TEST(calls == 3);
  BOOST_TEST(!queue.take().has_value());
  BOOST_TEST(!queue.push("a", "4"));
}

BOOST_AUTO_TEST_CASE(taking_makes_room) {
  event_queue queue(2);
  for (int i = 0; i < 10; ++i) {
    BOOST_TEST(queue.push("a", "1"));
    BOOST_TEST(queue.take().value() == "event: a\ndata: 1\n\n");
  }
  BOOST_TEST(queue.take().value().empty());
  queue.close();
  BOOST_TEST(!queue.take().has_value());
}

BOOST_AUTO_TEST_CASE(a_hub_forgets_clients_that_went) {
  event_hub hub(2);
  auto one = hub.subscribe();
  auto two = hub.subscribe();
  BOOST_TEST(hub.subscribe() == nullptr);
  two.reset();
  BOOST_TEST(hub.clients() == 1u);
  hub.publish("change", {{"topic", "notes"}});
  BOOST_TEST(one->take().value() == "event: change\ndata: {\"topic\":\"notes\"}\n\n");
  BOOST_TEST(hub.subscribe() != nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
