// Runs discovery alone: discovery_probe NAME PORT SECRET. Prints its own id, then every event and
// every change of state as a line; ends at the end of its input.
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdio>
#include <iostream>

#include <unistd.h>

#include "net/discovery/lan_discovery.hpp"
#include "net/transport/announcement.hpp"

namespace {

using namespace hearth;

void print(const discovery::event& what) {
  constexpr std::array words{"found", "updated", "lost"};
  std::string line = words[static_cast<std::size_t>(what.what)];
  line += ' ' + what.who.node.text() + ' ' + what.who.name;
  for (const auto& each : what.addresses) {
    line += ' ' + each.host + ' ' + std::to_string(each.port);
  }
  std::cout << line << std::endl;
}

/// Prints the state whenever it is another one.
void watch(boost::asio::steady_timer& timer, discovery::lan_discovery& found, std::string last) {
  const auto now = found.state();
  const auto line = "state " + (now.available ? "available" : now.why.message()) + " foreign " +
                    std::to_string(now.foreign);
  if (line != last) std::cout << line << std::endl;
  timer.expires_after(milliseconds(20));
  timer.async_wait([&timer, &found, line](error_code) { watch(timer, found, line); });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: discovery_probe NAME PORT SECRET\n");
    return 2;
  }
  const auto key = signing_key::generate(system_random());
  const transport::gate_ring gates(transport::gate::from_secret(as_bytes(argv[3])).value());
  discovery::config with{.self = key.id(), .port = static_cast<std::uint16_t>(std::atoi(argv[2]))};
  with.announcement =
      transport::seal_announcement(gates.newest(), {key.id(), argv[1]}, system_random());
  with.open = [&gates](std::string_view text) -> std::optional<discovery::neighbour> {
    const auto read = transport::open_announcement(gates, text);
    if (!read) return {};
    return discovery::neighbour{read->node, read->name};
  };
  std::cout << "self " << key.id().text() << ' ' << to_hex(key.id().key) << std::endl;

  boost::asio::io_context io;
  const auto found = discovery::lan_discovery::start(io.get_executor(), with, print);
  boost::asio::steady_timer timer(io);
  watch(timer, *found, {});
  boost::asio::posix::stream_descriptor input(io, ::dup(STDIN_FILENO));
  input.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                   [&io](error_code) { io.stop(); });
  io.run();
  found->stop();
  return 0;
}
