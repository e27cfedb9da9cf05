// What append returned survives kill -9 at any moment.
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <csignal>
#include <thread>

#include "log_fixture.hpp"
#include "store/log/log_database.hpp"
#include "temporary_folder.hpp"

namespace hearth::logs {
namespace {

signing_key crash_key() {
  return signing_key::from_seed(bytes32{1, 2, 3});
}

/// Appends for ever; writes each number that append acknowledged to a pipe.
[[noreturn]] void append_until_killed(const std::filesystem::path& folder, int out) {
  seeded_random random(7);
  auto logs = log_database::open(folder, crash_key(), random, system_clock());
  if (!logs) _exit(1);
  for (std::uint64_t i = 0;; ++i) {
    std::vector<draft> drafts(2);
    for (auto& item : drafts)
      item.payload.assign(i * 97 % 3000, static_cast<std::uint8_t>(i));
    auto done = (*logs)->shared().append_all(std::move(drafts));
    if (!done) _exit(1);
    const auto number = done->back().header.seq.value;
    if (write(out, &number, sizeof number) != sizeof number) _exit(1);
  }
}

std::uint64_t last_acknowledged_before_kill(const std::filesystem::path& folder,
                                            std::chrono::milliseconds after) {
  int ends[2];
  BOOST_REQUIRE(pipe(ends) == 0);
  const auto child = fork();
  if (child == 0) append_until_killed(folder, ends[1]);
  close(ends[1]);
  std::uint64_t number = 0;
  std::uint64_t last = 0;
  const auto begin = hearth::system_clock().steady();
  while (hearth::system_clock().steady() - begin < after &&
         read(ends[0], &number, sizeof number) == sizeof number) {
    last = number;
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  while (read(ends[0], &number, sizeof number) == sizeof number)
    last = number;
  close(ends[0]);
  return last;
}

BOOST_AUTO_TEST_CASE(acknowledged_entries_survive_a_kill) {
  const temporary_folder folder;
  seeded_random random(7);
  for (int round = 0; round < 6; ++round) {
    const auto acknowledged =
        last_acknowledged_before_kill(folder.path, std::chrono::milliseconds(random.u64() % 60));
    BOOST_REQUIRE(acknowledged > 0u);
    auto logs = log_database::open(folder.path, crash_key(), random, system_clock());
    BOOST_REQUIRE(logs);
    const auto& store = (*logs)->shared();
    const auto last = store.versions().at(store.own_log());
    BOOST_TEST(last.value >= acknowledged);
    BOOST_TEST(last.value % 2 == 0u);  // pairs come whole
    BOOST_TEST(store.read_run(store.own_log(), last, 10).has_value());
  }
}

}  // namespace
}  // namespace hearth::logs
