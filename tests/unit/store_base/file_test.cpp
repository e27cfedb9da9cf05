#include "store/base/file.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <csignal>

#include "store/base/random.hpp"

using namespace hearth;

namespace {

/// A folder of its own, gone afterwards.
struct scratch_folder {
  scratch_folder()
      : path(std::filesystem::temp_directory_path() /
             ("hearth-file-" + std::to_string(system_random().u64()))) {
    std::filesystem::create_directories(path);
  }
  ~scratch_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::size_t files() const {
    const std::filesystem::directory_iterator all(path);
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }
  std::filesystem::path path;
};

/// No file of this process may become larger, for as long as it lives.
struct full_disk {
  explicit full_disk(rlim_t size) {
    before_ = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &limit_);
    const rlimit small{size, limit_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~full_disk() {
    ::setrlimit(RLIMIT_FSIZE, &limit_);
    std::signal(SIGXFSZ, before_);
  }

 private:
  rlimit limit_{};
  void (*before_)(int);
};

bytes text(std::string_view value) {
  const auto data = as_bytes(value);
  return {data.begin(), data.end()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(files)

BOOST_AUTO_TEST_CASE(what_was_written_is_read_and_the_old_is_replaced) {
  scratch_folder at;
  const auto file = at.path / "file";
  BOOST_REQUIRE(write_file_durably(file, text("old and longer")));
  BOOST_REQUIRE(write_file_durably(file, text("new")));
  BOOST_TEST((*read_file(file, 100) == text("new")));
  BOOST_TEST(at.files() == 1u);  // nothing temporary is left
}

BOOST_AUTO_TEST_CASE(a_secret_file_is_for_its_user_only) {
  scratch_folder at;
  BOOST_REQUIRE(write_file_durably(at.path / "secret", text("x")));
  BOOST_REQUIRE(write_file_durably(at.path / "public", text("x"), 0644));
  struct stat facts {};
  BOOST_REQUIRE(::stat((at.path / "secret").c_str(), &facts) == 0);
  BOOST_TEST((facts.st_mode & 0777) == 0600u);
  BOOST_REQUIRE(::stat((at.path / "public").c_str(), &facts) == 0);
  BOOST_TEST((facts.st_mode & 0777) == 0644u);
}

BOOST_AUTO_TEST_CASE(reading_says_what_is_wrong) {
  scratch_folder at;
  BOOST_TEST((read_file(at.path / "none", 100).error() == errc::not_found));
  BOOST_TEST((read_file(at.path, 100).error() == errc::io_failed));  // a folder
  BOOST_REQUIRE(write_file_durably(at.path / "file", text("12345")));
  BOOST_TEST(read_file(at.path / "file", 5).has_value());
  BOOST_TEST((read_file(at.path / "file", 4).error() == errc::too_large));
  BOOST_TEST((read_file("/dev/zero", 1 << 20).error() == errc::too_large));  // without end
}

// A disk that fills up in the middle must leave the old content, whole.
BOOST_AUTO_TEST_CASE(a_failed_write_leaves_the_old_file) {
  scratch_folder at;
  const auto file = at.path / "file";
  BOOST_REQUIRE(write_file_durably(file, text("old")));
  {
    const full_disk full(1000);
    BOOST_TEST(!write_file_durably(file, bytes(100'000, 1)).has_value());
  }
  BOOST_TEST((*read_file(file, 100) == text("old")));
  BOOST_TEST(at.files() == 1u);
}

BOOST_AUTO_TEST_CASE(system_errors_have_their_meaning) {
  BOOST_TEST((from_errno(ENOSPC) == errc::disk_full));
  BOOST_TEST((from_errno(EDQUOT) == errc::disk_full));
  BOOST_TEST((from_errno(ENOENT) == errc::not_found));
  BOOST_TEST((from_errno(ENOTDIR) == errc::not_found));
  BOOST_TEST((from_errno(EFBIG) == errc::too_large));
  BOOST_TEST((from_errno(EIO) == errc::io_failed));
  BOOST_TEST((from_errno(EACCES) == errc::io_failed));
}

BOOST_AUTO_TEST_CASE(a_pending_file_is_gone_unless_it_was_committed) {
  scratch_folder at;
  {
    auto pending = pending_file::create(at.path).value();
    BOOST_REQUIRE(pending.write(text("12345")));
    BOOST_TEST(pending.size() == 5u);
    BOOST_TEST(at.files() == 1u);
    auto moved = std::move(pending);
    BOOST_TEST(moved.size() == 5u);
  }
  BOOST_TEST(at.files() == 0u);
  auto kept = pending_file::create(at.path).value();
  BOOST_REQUIRE(kept.write(text("kept")));
  BOOST_REQUIRE(kept.commit(at.path / "target"));
  BOOST_TEST((*read_file(at.path / "target", 100) == text("kept")));
  auto lost = pending_file::create(at.path).value();
  BOOST_TEST((lost.commit(at.path / "no folder" / "target").error() == errc::not_found));
  BOOST_TEST((pending_file::create(at.path / "no folder").error() == errc::not_found));
  BOOST_TEST((sync_folder(at.path / "no folder").error() == errc::not_found));
}

BOOST_AUTO_TEST_SUITE_END()
