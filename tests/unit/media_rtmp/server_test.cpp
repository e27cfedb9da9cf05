// The server over real sockets: deadlines, limits, and clients that misbehave.
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include "loopback.hpp"
#include "scripted_client.hpp"

using namespace hearth::rtmp;
using namespace hearth::rtmp::test;
using boost::asio::ip::tcp;
using hearth::bytes;
using hearth::milliseconds;
namespace live = hearth::live;

namespace {

/// A blocking client.
class plain_client {
 public:
  explicit plain_client(std::uint16_t port) : socket_(context_) {
    socket_.connect({boost::asio::ip::make_address("127.0.0.1"), port});
  }

  bool send(const bytes& data) {
    boost::system::error_code failed;
    boost::asio::write(socket_, boost::asio::buffer(data), failed);
    return !failed;
  }

  /// Reads until the server closes; whether it did so in an orderly way (not by a reset).
  bool read_to_end(answers& heard) {
    std::array<std::uint8_t, 4096> chunk;
    boost::system::error_code failed;
    while (true) {
      const auto count = socket_.read_some(boost::asio::buffer(chunk), failed);
      if (failed) return failed == boost::asio::error::eof;
      heard.feed({chunk.data(), count});
    }
  }

  /// Reads until the command came.
  void read_until(answers& heard, std::string_view name) {
    std::array<std::uint8_t, 4096> chunk;
    while (!heard.last(name))
      heard.feed({chunk.data(), socket_.read_some(boost::asio::buffer(chunk))});
  }

  void read_some(answers& heard) {
    std::array<std::uint8_t, 4096> chunk;
    heard.feed({chunk.data(), socket_.read_some(boost::asio::buffer(chunk))});
  }

  void close() { socket_.close(); }
  tcp::socket& socket() { return socket_; }

 private:
  boost::asio::io_context context_;
  tcp::socket socket_;
};

bytes media(message_type type, std::uint32_t time, const bytes& tag) {
  return wire({type, time, 1, tag}, first_chunk_bytes, 6);
}

void publish(plain_client& client, answers& heard, std::string_view key) {
  BOOST_REQUIRE(client.send(publisher_opening(key)));
  client.read_until(heard, "onStatus");
  BOOST_REQUIRE(heard.last("onStatus")->text("code") == "NetStream.Publish.Start");
  BOOST_REQUIRE(client.send(media(message_type::video, 0, avc_config_tag())));
  BOOST_REQUIRE(client.send(media(message_type::video, 0, avc_key_tag())));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(servers)

BOOST_AUTO_TEST_CASE(a_taken_port_and_a_bad_address_are_errors_not_crashes) {
  loopback here;
  boost::asio::io_context context;
  auto taken = on_loopback();
  taken.port = here.rtmp.port();
  server second(context.get_executor(), taken, here.gate);
  BOOST_TEST((second.start().error() == boost::asio::error::address_in_use));
  auto bad = on_loopback();
  bad.address = "not an address";
  server third(context.get_executor(), bad, here.gate);
  BOOST_TEST(!third.start().has_value());
}

BOOST_AUTO_TEST_CASE(a_malformed_client_loses_only_its_own_connection) {
  loopback here;
  here.gate.add("abcdef");
  plain_client good(here.rtmp.port());
  answers heard;
  publish(good, heard, "abcdef");

  plain_client web(here.rtmp.port());
  BOOST_REQUIRE(web.send(bytes{'G', 'E', 'T', ' ', '/'}));
  answers nothing;
  BOOST_TEST(web.read_to_end(nothing));
  BOOST_TEST(nothing.all.empty());

  plain_client garbage(here.rtmp.port());
  auto data = client_handshake();
  append(data, bytes(5000, 0xee));
  BOOST_REQUIRE(garbage.send(data));
  answers ignored;
  BOOST_TEST(garbage.read_to_end(ignored));

  BOOST_REQUIRE(good.send(media(message_type::video, 40, avc_inter_tag())));
  BOOST_TEST(
      eventually([&] { return here.gate.stream("abcdef").stats->figures().video_packets == 2; }));
}

BOOST_AUTO_TEST_CASE(a_refused_client_reads_why_even_while_it_is_still_sending) {
  loopback here;
  plain_client client(here.rtmp.port());
  auto data = publisher_opening("wrong");
  append(data, media(message_type::video, 0, bytes(300'000)));
  BOOST_REQUIRE(client.send(data));
  answers heard;
  BOOST_TEST(client.read_to_end(heard));
  const auto* status = heard.last("onStatus");
  BOOST_REQUIRE(status);
  BOOST_TEST(status->text("code") == code_bad_name);
  BOOST_TEST(status->text("description") == "Unknown stream key.");
}

BOOST_AUTO_TEST_CASE(a_client_that_dawdles_is_cut_off_in_each_phase) {
  auto options = on_loopback();
  options.handshake_deadline = milliseconds(150);
  options.command_deadline = milliseconds(150);
  options.idle_deadline = milliseconds(150);
  loopback here(options);
  here.gate.add("abcdef");
  answers ignored;

  plain_client silent(here.rtmp.port());
  silent.read_to_end(ignored);

  plain_client connected(here.rtmp.port());
  BOOST_REQUIRE(connected.send(client_handshake()));
  answers handshake;
  connected.read_to_end(handshake);

  plain_client publisher(here.rtmp.port());
  answers heard;
  publish(publisher, heard, "abcdef");
  publisher.read_to_end(heard);
  const auto end = here.gate.stream("abcdef").end;
  BOOST_REQUIRE(eventually([&] { return end->end().has_value(); }));
  BOOST_TEST((end->end()->reason == live::end_reason::lost));
  BOOST_TEST(end->end()->text == "the publisher sent nothing");
}

BOOST_AUTO_TEST_CASE(a_second_stream_can_follow_long_after_the_handshake) {
  auto options = on_loopback();
  options.command_deadline = milliseconds(400);
  loopback here(options);
  here.gate.add("first1");
  here.gate.add("second");
  plain_client client(here.rtmp.port());
  answers heard;
  publish(client, heard, "first1");
  for (std::uint32_t i = 1; i <= 5; ++i) {
    std::this_thread::sleep_for(milliseconds(100));
    BOOST_REQUIRE(client.send(media(message_type::video, i * 100, avc_inter_tag())));
  }
  BOOST_REQUIRE(client.send(command({"deleteStream", 6.0, amf0(), 1.0})));
  BOOST_REQUIRE(client.send(command({"createStream", 7.0, amf0()})));
  BOOST_REQUIRE(client.send(publish_command_bytes("second", 2)));
  BOOST_TEST(eventually([&] { return here.gate.stream("second").publishers == 1; }));
}

BOOST_AUTO_TEST_CASE(a_publisher_that_drops_is_told_as_lost_and_its_control_expires) {
  loopback here;
  here.gate.add("abcdef");
  plain_client publisher(here.rtmp.port());
  answers heard;
  publish(publisher, heard, "abcdef");
  BOOST_REQUIRE(
      eventually([&] { return here.gate.stream("abcdef").stats->figures().video_packets == 1; }));
  const auto stream = here.gate.stream("abcdef");
  {
    const auto control = stream.control.lock();
    BOOST_REQUIRE(control);
    BOOST_TEST(control->bytes_received() > 3000u);
    BOOST_TEST((hearth::system_clock().steady() - control->last_data() < milliseconds(5000)));
  }
  publisher.close();
  BOOST_REQUIRE(eventually([&] { return stream.end->end().has_value(); }));
  BOOST_TEST((stream.end->end()->reason == live::end_reason::lost));
  BOOST_TEST(eventually([&] { return stream.control.expired(); }));
  BOOST_TEST(eventually([&] { return here.rtmp.connections() == 0u; }));
}

BOOST_AUTO_TEST_CASE(stopping_the_server_ends_publishers_and_players) {
  std::shared_ptr<end_recorder> end;
  bool clean = false;
  {
    auto here = std::make_unique<loopback>();
    here->gate.add("abcdef");
    plain_client publisher(here->rtmp.port());
    answers heard;
    publish(publisher, heard, "abcdef");
    plain_client player(here->rtmp.port());
    auto opening = client_handshake();
    append(opening, connect_command());
    append(opening, command({"createStream", 2.0, amf0()}));
    append(opening, command({"play", 3.0, amf0(), "abcdef"}, 1));
    BOOST_REQUIRE(player.send(opening));
    answers played;
    while (!played.last(message_type::video))
      player.read_some(played);
    end = here->gate.stream("abcdef").end;
    auto stopped = boost::asio::co_spawn(here->context, here->rtmp.stop(milliseconds(2000)),
                                         boost::asio::use_future);
    clean = stopped.get().has_value();
  }
  BOOST_TEST(clean);
  BOOST_REQUIRE(end->end().has_value());
  BOOST_TEST((end->end()->reason == live::end_reason::lost));
}

BOOST_AUTO_TEST_CASE(connections_are_limited_in_all_and_per_address) {
  auto options = on_loopback();
  options.max_per_address = 2;
  loopback here(options);
  plain_client one(here.rtmp.port());
  plain_client two(here.rtmp.port());
  BOOST_REQUIRE(eventually([&] { return here.rtmp.connections() == 2u; }));
  plain_client three(here.rtmp.port());
  answers ignored;
  BOOST_TEST(three.read_to_end(ignored));
  one.close();
  BOOST_REQUIRE(eventually([&] { return here.rtmp.connections() == 1u; }));
  plain_client four(here.rtmp.port());
  BOOST_TEST(eventually([&] { return here.rtmp.connections() == 2u; }));

  auto few = on_loopback();
  few.max_connections = 1;
  loopback small(few);
  plain_client only(small.rtmp.port());
  BOOST_REQUIRE(eventually([&] { return small.rtmp.connections() == 1u; }));
  plain_client refused(small.rtmp.port());
  BOOST_TEST(refused.read_to_end(ignored));
}

BOOST_AUTO_TEST_CASE(a_player_gets_metadata_headers_and_the_kept_key_frame_and_learns_of_the_end) {
  loopback here;
  here.gate.add("abcdef");
  plain_client publisher(here.rtmp.port());
  answers heard;
  publish(publisher, heard, "abcdef");
  bytes large = avc_key_tag();
  large.resize(200'000, 7);  // more than three chunks
  BOOST_REQUIRE(publisher.send(media(message_type::video, 0x1000000, large)));
  BOOST_REQUIRE(publisher.send(media(message_type::video, 0x1000028, avc_inter_tag())));
  BOOST_REQUIRE(
      eventually([&] { return here.gate.stream("abcdef").stats->figures().video_packets == 3; }));

  plain_client player(here.rtmp.port());
  auto opening = client_handshake();
  append(opening, connect_command());
  append(opening, command({"createStream", 2.0, amf0()}));
  append(opening, command({"play", 3.0, amf0(), "abcdef"}, 1));
  BOOST_REQUIRE(player.send(opening));
  BOOST_REQUIRE(publisher.send(command({"deleteStream", 9.0, amf0(), 1.0})));
  answers played;
  BOOST_TEST(player.read_to_end(played));
  std::vector<bytes> video;
  for (const auto& each : played.all) {
    if (each.type == message_type::video) video.push_back(each.payload);
  }
  BOOST_REQUIRE(video.size() == 3u);
  BOOST_TEST((video[0] == avc_config_tag()));
  BOOST_TEST((video[1] == large));
  BOOST_TEST((video[2] == avc_inter_tag()));
  BOOST_TEST(played.last(message_type::data_amf0) != nullptr);
  BOOST_TEST(played.last("onStatus")->text("code") == "NetStream.Play.Stop");
}

BOOST_AUTO_TEST_CASE(a_player_that_does_not_read_is_cut_off_and_the_publisher_goes_on) {
  auto options = on_loopback();
  options.write_deadline = milliseconds(300);
  loopback here(options);
  here.gate.add("abcdef");
  plain_client publisher(here.rtmp.port());
  answers heard;
  publish(publisher, heard, "abcdef");
  plain_client player(here.rtmp.port());
  player.socket().set_option(tcp::socket::receive_buffer_size(4096));
  auto opening = client_handshake();
  append(opening, connect_command());
  append(opening, command({"createStream", 2.0, amf0()}));
  append(opening, command({"play", 3.0, amf0(), "abcdef"}, 1));
  BOOST_REQUIRE(player.send(opening));
  BOOST_REQUIRE(eventually([&] { return here.rtmp.connections() == 2u; }));
  bytes large = avc_key_tag();
  large.resize(1'000'000, 7);
  for (std::uint32_t i = 1; i <= 20; ++i) {
    BOOST_REQUIRE(publisher.send(media(message_type::video, i * 40, large)));
  }
  BOOST_TEST(eventually([&] { return here.rtmp.connections() == 1u; }));
  BOOST_TEST(
      eventually([&] { return here.gate.stream("abcdef").stats->figures().video_packets == 21; }));
}

BOOST_AUTO_TEST_SUITE_END()
