// A system that forbids seccomp: the worker must refuse to look at anything.
#include <seccomp.h>
#include <sys/wait.h>

#include <boost/test/unit_test.hpp>

#include "pool_fixture.hpp"

namespace {

int run_without_seccomp() {
  auto* filter = ::seccomp_init(SCMP_ACT_ALLOW);
  ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(seccomp), 0);
  const scmp_arg_cmp set_filter{0, SCMP_CMP_EQ, 22, 0};  // PR_SET_SECCOMP
  ::seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1, &set_filter);
  if (::seccomp_load(filter) != 0) return 2;
  pool_fixture fixture;
  const auto answer = fixture.run("read");
  return !answer && answer.error() == hearth::sandbox::errc::no_sandbox ? 0 : 1;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(without_seccomp)

BOOST_AUTO_TEST_CASE(a_worker_that_cannot_lock_itself_in_does_no_job) {
  const auto child = ::fork();
  if (child == 0) ::_exit(run_without_seccomp());
  int status = 0;
  BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_TEST(WIFEXITED(status));
  BOOST_TEST(WEXITSTATUS(status) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
