// Discovery without a daemon: the node must run on, say why, and try again. What happens with a
// real Avahi is tested by tests/lab/discovery_test.py.
#include "net/discovery/lan_discovery.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace hearth;
using namespace hearth::discovery;
namespace fs = std::filesystem;

namespace {

/// A D-Bus of its own, on which no Avahi daemon is. libdbus reads the address once per process, so
/// that all tests share one.
struct private_bus {
  fs::path folder;
  pid_t pid = 0;

  private_bus() {
    std::string name = (fs::temp_directory_path() / "hearth-bus-XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
    folder = name;
    std::ofstream(folder / "bus.conf")
        << "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
           "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
        << "<busconfig><type>session</type><listen>" << address() << "</listen>"
        << "<policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
        << "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>\n";
    ::setenv("DBUS_SYSTEM_BUS_ADDRESS", address().c_str(), 1);
  }
  ~private_bus() {
    stop();
    fs::remove_all(folder);
  }

  std::string address() const { return "unix:path=" + (folder / "socket").string(); }

  void start() {
    const auto conf = "--config-file=" + (folder / "bus.conf").string();
    std::array<const char*, 5> argv{"dbus-daemon", conf.c_str(), "--nofork", "--nopidfile",
                                    nullptr};
    BOOST_REQUIRE_EQUAL(
        ::posix_spawnp(&pid, argv[0], nullptr, nullptr, const_cast<char**>(argv.data()), environ),
        0);
  }
  void stop() {
    if (pid == 0) return;
    ::kill(pid, SIGTERM);
    ::waitpid(pid, nullptr, 0);
    pid = 0;
    fs::remove(folder / "socket");
  }
};

private_bus& bus() {
  static private_bus instance;
  return instance;
}

config fast() {
  config with{.self = signing_key::generate(system_random()).id(), .port = 7000};
  with.open = [](std::string_view) { return std::optional<neighbour>(); };
  with.first_retry = milliseconds(20);
  with.longest_retry = milliseconds(50);
  return with;
}

bool becomes(const lan_discovery& what, error_code why) {
  for (int i = 0; i < 250; ++i) {
    if (what.state().why == why) return true;
    std::this_thread::sleep_for(milliseconds(20));
  }
  BOOST_TEST_MESSAGE("it says: " << what.state().why.message());
  return false;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lan_discoveries)

BOOST_AUTO_TEST_CASE(without_a_bus_then_without_a_daemon_then_without_a_bus_again) {
  boost::asio::io_context io;
  bus();
  auto with = fast();
  with.first_retry = with.longest_retry = milliseconds(200);
  const auto found = lan_discovery::start(io.get_executor(), with, [](event) {});
  BOOST_TEST(becomes(*found, discovery::errc::no_bus));
  BOOST_TEST(!found->state().available);
  bus().start();
  BOOST_TEST(becomes(*found, discovery::errc::no_daemon));
  bus().stop();
  BOOST_TEST(becomes(*found, discovery::errc::daemon_lost));
  BOOST_TEST(becomes(*found, discovery::errc::no_bus));
  found->stop();
  BOOST_TEST((found->state().why == discovery::errc::stopped));
}

BOOST_AUTO_TEST_CASE(stopping_does_not_wait_for_a_retry) {
  boost::asio::io_context io;
  bus();
  auto with = fast();
  with.first_retry = with.longest_retry = std::chrono::minutes(10);
  const auto found = lan_discovery::start(io.get_executor(), with, [](event) {});
  BOOST_TEST((found->state().why == discovery::errc::starting ||
              found->state().why == discovery::errc::no_bus));
  BOOST_TEST(becomes(*found, discovery::errc::no_bus));
  const auto start = std::chrono::steady_clock::now();
  found->stop();
  found->stop();
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(2)));
}

BOOST_AUTO_TEST_CASE(another_announcement_is_tried_at_once) {
  boost::asio::io_context io;
  bus();
  auto with = fast();
  with.first_retry = with.longest_retry = std::chrono::minutes(10);
  const auto found = lan_discovery::start(io.get_executor(), with, [](event) {});
  BOOST_TEST(becomes(*found, discovery::errc::no_bus));
  bus().start();
  for (int i = 0; i < 250 && !fs::exists(bus().folder / "socket"); ++i) {
    std::this_thread::sleep_for(milliseconds(20));
  }
  found->announce("new");
  BOOST_TEST(becomes(*found, discovery::errc::no_daemon));
  bus().stop();
}

BOOST_AUTO_TEST_SUITE_END()
