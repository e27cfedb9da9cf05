// A disk that is really full: a tmpfs of 3 MiB, mounted in a namespace of a child process.
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>

#include "scratch.hpp"
#include "store/blobs/local_blob_store.hpp"

using namespace hearth::blobs;

namespace {

enum outcome : int { passed = 0, not_possible_here = 1, first_failed_check = 2 };

/// Runs in the child; says which check failed.
int fill_the_disk(const std::filesystem::path& folder) {
  auto store = *local_blob_store::open(folder);
  if (store->create_writer(100 * piece_bytes).error() != hearth::errc::disk_full) return 2;
  {
    auto writer = *store->create_writer();
    hearth::result<void> written;
    for (int i = 0; i < 5 && written; ++i)
      written = writer->append(content(piece_bytes));
    if (written || written.error() != hearth::errc::disk_full) return 3;
    if (writer->finish()) return 4;
  }
  const piece_list large{20 * piece_bytes, std::vector<hearth::bytes32>(20)};
  const auto fetch = store->fetch(large.id(), large);
  if (fetch || fetch.error() != hearth::errc::disk_full) return 5;
  if (files_under(folder) != 0) return 6;
  auto writer = *store->create_writer();
  if (!writer->append(content(piece_bytes)) || !writer->finish()) return 7;
  return passed;
}

/// Lets this process mount: as root in a mount namespace, else as the root of a user namespace.
bool may_mount() {
  if (::unshare(CLONE_NEWNS) == 0)
    return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, "") == 0;
  const auto user = std::to_string(::geteuid());
  const auto group = std::to_string(::getegid());
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  std::ofstream("/proc/self/setgroups") << "deny" << std::flush;
  std::ofstream users("/proc/self/uid_map");
  users << "0 " << user << " 1" << std::flush;
  std::ofstream groups("/proc/self/gid_map");
  groups << "0 " << group << " 1" << std::flush;
  return users && groups;
}

int run_in_small_disk(const std::filesystem::path& folder) {
  if (!may_mount()) return not_possible_here;
  if (::mount("hearth", folder.c_str(), "tmpfs", 0, "size=3m") != 0) return not_possible_here;
  return fill_the_disk(folder);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(full_disk)

BOOST_AUTO_TEST_CASE(a_full_disk_is_an_error_that_leaves_nothing_and_ends_when_there_is_space) {
  const scratch_folder folder;
  const auto child = ::fork();
  if (child == 0) ::_exit(run_in_small_disk(folder.path));
  int status = 0;
  BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_REQUIRE(WIFEXITED(status));
  if (WEXITSTATUS(status) == not_possible_here) {
    BOOST_TEST_MESSAGE("no namespaces here: not tested");
    return;
  }
  BOOST_TEST(WEXITSTATUS(status) == passed);
}

BOOST_AUTO_TEST_SUITE_END()
