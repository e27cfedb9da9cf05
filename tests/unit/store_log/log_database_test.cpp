// The logs on a real disk.
#include "store/log/log_database.hpp"

#include <rocksdb/db.h>
#include <rocksdb/status.h>
#include <sys/resource.h>

#include <boost/test/unit_test.hpp>
#include <csignal>
#include <fstream>

#include "log_fixture.hpp"
#include "store/log/rocks_status.hpp"
#include "temporary_folder.hpp"

namespace hearth::logs {
namespace {

struct disk_node {
  temporary_folder folder;
  manual_clock time;
  seeded_random random{1};
  signing_key key = signing_key::generate(random);

  result<std::unique_ptr<log_database>> open() {
    return log_database::open(folder.path, key, random, time);
  }
};

/// Puts a value into a store's database behind its back.
void overwrite(const std::filesystem::path& folder, const std::string& family,
               const std::string& key, const std::string& value) {
  std::vector<std::string> names;
  BOOST_REQUIRE(rocksdb::DB::ListColumnFamilies({}, folder.string(), &names).ok());
  std::vector<rocksdb::ColumnFamilyDescriptor> all;
  for (const auto& name : names)
    all.emplace_back(name, rocksdb::ColumnFamilyOptions{});
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  BOOST_REQUIRE(rocksdb::DB::Open({}, folder.string(), all, &handles, &db).ok());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == family) BOOST_REQUIRE(db->Put({}, handles[i], key, value).ok());
  }
  for (auto* handle : handles)
    db->DestroyColumnFamilyHandle(handle);
  delete db;
}

BOOST_FIXTURE_TEST_SUITE(database, disk_node)

BOOST_AUTO_TEST_CASE(what_was_appended_is_there_after_opening_again) {
  log_key log;
  {
    auto logs = *open();
    log = logs->shared().own_log();
    BOOST_TEST(logs->shared().append(1, {1, 2, 3}).has_value());
    BOOST_TEST(logs->shared().append(2, bytes(100'000, 7)).has_value());  // goes to a blob file
    BOOST_TEST(logs->local().append(9, {4}).has_value());
  }
  auto logs = *open();
  BOOST_TEST((logs->shared().own_log() == log));
  BOOST_TEST(logs->shared().read(log, {2})->payload.size() == 100'000u);
  BOOST_TEST(logs->shared().append(1, {}).value().header.seq.value == 3u);
  BOOST_TEST(logs->local().versions().size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_spaces_do_not_mix) {
  auto logs = *open();
  const auto private_entry = *logs->local().append(1, {1});
  BOOST_TEST((private_entry.header.in == space::local));
  BOOST_TEST(logs->shared().versions().empty());
  BOOST_TEST((logs->shared().read(private_entry.header.log, {1}).error() == errc::not_found));
  const auto shared_entry = *logs->shared().append(1, {1});
  BOOST_TEST(shared_entry.header.hlc > private_entry.header.hlc);
}

BOOST_AUTO_TEST_CASE(others_logs_and_forks_last) {
  memory_node author(5);
  memory_node twin(6);
  twin.key = author.key;
  twin.restart(std::make_unique<memory_backend>(*author.disk));
  author.append("left");
  twin.append("right");
  const auto log = author.store->own_log();
  {
    auto logs = *open();
    BOOST_TEST(logs->shared().ingest(*author.store->read_run(log, {1}, 1000)).has_value());
    BOOST_TEST(
        (logs->shared().ingest(*twin.store->read_run(log, {1}, 1000)).error() == errc::forked));
  }
  auto logs = *open();
  BOOST_TEST(logs->shared().frozen_logs().size() == 1u);
  BOOST_TEST(text_of(logs->shared().read_evidence(log)->entries[0]) == "right");
  BOOST_TEST(
      (logs->shared().ingest(*author.store->read_run(log, {1}, 1000)).error() == errc::frozen));
}

BOOST_AUTO_TEST_CASE(a_second_process_is_told_that_the_store_is_in_use) {
  auto logs = *open();
  BOOST_TEST((open().error() == errc::locked));
}

BOOST_AUTO_TEST_CASE(a_newer_store_is_not_opened) {
  { auto logs = *open(); }
  overwrite(folder.path, "default", "version", std::string("\0\0\0\2", 4));
  BOOST_TEST((open().error() == errc::newer_version));
}

BOOST_AUTO_TEST_CASE(column_families_of_a_newer_release_are_left_alone) {
  { auto logs = *open(); }
  {
    rocksdb::DB* db = nullptr;
    std::vector<std::string> names;
    BOOST_REQUIRE(rocksdb::DB::ListColumnFamilies({}, folder.path.string(), &names).ok());
    std::vector<rocksdb::ColumnFamilyDescriptor> all;
    for (const auto& name : names)
      all.emplace_back(name, rocksdb::ColumnFamilyOptions{});
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    BOOST_REQUIRE(rocksdb::DB::Open({}, folder.path.string(), all, &handles, &db).ok());
    rocksdb::ColumnFamilyHandle* added = nullptr;
    BOOST_REQUIRE(db->CreateColumnFamily({}, "of_a_newer_release", &added).ok());
    handles.push_back(added);
    for (auto* handle : handles)
      db->DestroyColumnFamilyHandle(handle);
    delete db;
  }
  { BOOST_TEST(open().has_value()); }
  std::vector<std::string> names;
  BOOST_REQUIRE(rocksdb::DB::ListColumnFamilies({}, folder.path.string(), &names).ok());
  BOOST_TEST((std::find(names.begin(), names.end(), "of_a_newer_release") != names.end()));
}

BOOST_AUTO_TEST_CASE(damage_is_called_by_its_name) {
  { BOOST_TEST((*open())->shared().append(1, {1}).has_value()); }
  overwrite(folder.path, "shared_heads", std::string(40, 'x'), "too short");
  BOOST_TEST((open().error() == errc::corrupt));
  std::ofstream(folder.path / "CURRENT") << "nonsense";
  BOOST_TEST((open().error() == errc::corrupt));
}

BOOST_AUTO_TEST_CASE(a_file_in_the_way_is_an_io_error) {
  std::ofstream(folder.path / "file") << "x";
  const auto opened = log_database::open(folder.path / "file", key, random, time);
  BOOST_TEST((opened.error() == errc::io_failed));
}

BOOST_AUTO_TEST_CASE(a_write_that_the_system_refuses_is_an_error_and_not_a_loss) {
  log_key log;
  {
    auto logs = *open();
    log = logs->shared().own_log();
    BOOST_TEST(logs->shared().append(1, {1}).has_value());
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{100'000, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    const auto refused = logs->shared().append(1, bytes(1'000'000));
    setrlimit(RLIMIT_FSIZE, &before);
    BOOST_TEST((refused.error() == errc::io_failed));
  }
  auto logs = *open();
  BOOST_TEST(logs->shared().versions().at(log).value == 1u);
}

BOOST_AUTO_TEST_CASE(every_status_has_a_meaning) {
  using rocksdb::Status;
  BOOST_TEST((from_rocks(Status::NoSpace()) == errc::disk_full));
  BOOST_TEST((from_rocks(Status::IOError("x", "No space left on device")) == errc::disk_full));
  BOOST_TEST((from_rocks(Status::Corruption()) == errc::corrupt));
  BOOST_TEST((from_rocks(Status::NotFound()) == errc::not_found));
  BOOST_TEST((from_rocks(Status::IOError("While lock file: x")) == errc::locked));
  BOOST_TEST((from_rocks(Status::Busy()) == errc::io_failed));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace hearth::logs
