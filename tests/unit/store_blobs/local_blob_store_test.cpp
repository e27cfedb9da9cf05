#include "store/blobs/local_blob_store.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "scratch.hpp"

using namespace hearth::blobs;
using hearth::byte_view;
using hearth::bytes;

namespace {

/// Stores data in portions of that many bytes.
stored_blob put(blob_store& store, const bytes& data, std::size_t portion) {
  auto writer = *store.create_writer(data.size());
  for (std::size_t at = 0; at < data.size(); at += portion) {
    const auto length = std::min(portion, data.size() - at);
    BOOST_REQUIRE(bool(writer->append(byte_view(data).subspan(at, length))));
  }
  auto stored = writer->finish();
  BOOST_REQUIRE(bool(stored));
  return *stored;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(local_store)

BOOST_AUTO_TEST_CASE(what_was_stored_is_read_back_at_every_size_around_a_piece) {
  const scratch_folder folder;
  auto store = *local_blob_store::open(folder.path);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, piece_bytes - 1, piece_bytes,
                                 piece_bytes + 1, 3 * piece_bytes, 3 * piece_bytes + 7}) {
    const auto data = content(size, static_cast<std::uint32_t>(size));
    const auto stored = put(*store, data, 70'001);
    BOOST_TEST(stored.pieces.count() == piece_count(size));
    BOOST_TEST(*store->size(stored.id) == size);
    BOOST_TEST((*store->read(stored.id, 0, size + 10) == data));
    BOOST_TEST((*store->piece_hashes(stored.id) == stored.pieces));
    BOOST_TEST(bool(store->check(stored.id)));
    for (std::uint64_t i = 0; i < stored.pieces.count(); ++i) {
      const auto piece = *store->read(stored.id, i * piece_bytes, piece_bytes);
      BOOST_TEST(bool(verify_piece(stored.pieces, i, piece)));
    }
  }
  BOOST_TEST(store->usage().count == 7u);
}

BOOST_AUTO_TEST_CASE(the_name_does_not_depend_on_the_portions) {
  const scratch_folder folder;
  auto store = *local_blob_store::open(folder.path);
  const auto data = content(piece_bytes + 100);
  const auto first = put(*store, data, 1000);
  const auto second = put(*store, data, data.size());
  BOOST_TEST(first.id.text() == second.id.text());
  BOOST_TEST(!first.was_there);
  BOOST_TEST(second.was_there);
  BOOST_TEST(store->usage().count == 1u);
  BOOST_TEST(store->usage().bytes == data.size());
  BOOST_TEST(files_under(folder.path) == 2u);
}

BOOST_AUTO_TEST_CASE(ranges_are_cut_at_the_end_and_refused_behind_it) {
  const scratch_folder folder;
  auto store = *local_blob_store::open(folder.path);
  const auto data = content(1000);
  const auto id = put(*store, data, 1000).id;
  BOOST_TEST((*store->read(id, 990, 100) == bytes(data.end() - 10, data.end())));
  BOOST_TEST(store->read(id, 1000, 1)->empty());
  BOOST_TEST((store->read(id, 1001, 1).error() == errc::out_of_range));
}

BOOST_AUTO_TEST_CASE(a_blob_that_is_not_there_says_so) {
  const scratch_folder folder;
  auto store = *local_blob_store::open(folder.path);
  const blob_id id{};
  BOOST_TEST(!store->has(id));
  BOOST_TEST((store->size(id).error() == errc::no_such_blob));
  BOOST_TEST((store->read(id, 0, 1).error() == errc::no_such_blob));
  BOOST_TEST((store->open_file(id).error() == errc::no_such_blob));
  BOOST_TEST((store->piece_hashes(id).error() == errc::no_such_blob));
  BOOST_TEST((store->remove(id).error() == errc::no_such_blob));
}

BOOST_AUTO_TEST_CASE(an_open_blob_can_be_read_on_after_it_was_removed) {
  const scratch_folder folder;
  auto store = *local_blob_store::open(folder.path);
  const auto data = content(5000);
  const auto id = put(*store, data, 5000).id;
  auto file = *store->open_file(id);
  BOOST_TEST(bool(store->remove(id)));
  BOOST_TEST(!store->has(id));
  BOOST_TEST(store->usage().bytes == 0u);
  BOOST_TEST((*file.read(0, 5000) == data));
  BOOST_TEST(files_under(folder.path) == 0u);
}

BOOST_AUTO_TEST_CASE(an_abandoned_write_leaves_nothing) {
  const scratch_folder folder;
  auto store = *local_blob_store::open(folder.path);
  {
    auto writer = *store->create_writer();
    BOOST_TEST(bool(writer->append(content(100))));
    BOOST_TEST(files_under(folder.path) == 1u);
  }
  BOOST_TEST(files_under(folder.path) == 0u);
}

BOOST_AUTO_TEST_CASE(a_crash_leaves_nothing_but_whole_blobs) {
  const scratch_folder folder;
  bytes data = content(2000);
  blob_id id;
  {
    auto store = *local_blob_store::open(folder.path);
    id = put(*store, data, 2000).id;
  }
  std::ofstream(folder.path / "incoming" / ".pending-abc123") << "half a film";
  std::ofstream(folder.path / "partial" / ".pending-abc123") << "half a list";
  std::ofstream(folder.path / "partial" / (id.text() + ".data")) << "without its state";
  auto store = *local_blob_store::open(folder.path);
  BOOST_TEST(files_under(folder.path) == 2u);
  BOOST_TEST(store->usage().count == 1u);
  BOOST_TEST(store->usage().bytes == 2000u);
  BOOST_TEST((*store->read(id, 0, 2000) == data));
  BOOST_TEST(store->unfinished().empty());
}

BOOST_AUTO_TEST_CASE(damage_on_the_disk_is_found) {
  const scratch_folder folder;
  auto store = *local_blob_store::open(folder.path);
  const auto id = put(*store, content(piece_bytes + 10), 4096).id;
  const auto path = store->path_of(id);
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(piece_bytes + 3);
    file << "x";
  }
  BOOST_TEST((store->check(id).error() == errc::damaged));
  std::filesystem::resize_file(path.string() + ".pieces", 20);
  BOOST_TEST((store->piece_hashes(id).error() == errc::damaged));
}

BOOST_AUTO_TEST_CASE(a_blob_above_the_limit_is_refused_before_it_is_written) {
  const scratch_folder folder;
  auto store = *local_blob_store::open(folder.path);
  BOOST_TEST((store->create_writer(max_blob_bytes + 1).error() == errc::too_large));
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_made_is_an_error) {
  BOOST_TEST((local_blob_store::open("/proc/no/such/place").error() == hearth::errc::not_found));
}

BOOST_AUTO_TEST_SUITE_END()
