#include "store/blobs/partial_blob.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "scratch.hpp"
#include "store/blobs/local_blob_store.hpp"

using namespace hearth::blobs;
using hearth::byte_view;
using hearth::bytes;

namespace {

/// A blob that another node has: three pieces and a bit.
struct film {
  film() : data(content(3 * piece_bytes + 77, 9)) {
    list.size_bytes = data.size();
    for (std::uint64_t i = 0; i < piece_count(data.size()); ++i)
      list.hashes.push_back(hash(i));
  }
  byte_view piece(std::uint64_t index) const {
    return byte_view(data).subspan(index * piece_bytes, list.length_of(index));
  }
  hearth::bytes32 hash(std::uint64_t index) const { return piece_hash(piece(index)); }

  bytes data;
  piece_list list;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fetching)

BOOST_AUTO_TEST_CASE(pieces_in_any_order_become_a_whole_blob) {
  const scratch_folder folder;
  const film film;
  auto store = *local_blob_store::open(folder.path);
  auto partial = *store->fetch(film.list.id(), film.list);
  for (const std::uint64_t index : {3, 0, 2}) {
    BOOST_TEST(bool(partial->add(index, film.piece(index))));
  }
  BOOST_TEST(partial->next_missing().value() == 1u);
  BOOST_TEST(!partial->next_missing(2).has_value());
  BOOST_TEST((partial->finish().error() == errc::incomplete));
  BOOST_TEST(bool(partial->add(1, film.piece(1))));
  BOOST_TEST(partial->complete());
  BOOST_TEST(!store->has(film.list.id()));
  BOOST_TEST(bool(partial->finish()));
  BOOST_TEST((*store->read(film.list.id(), 0, film.data.size()) == film.data));
  BOOST_TEST(bool(store->check(film.list.id())));
  BOOST_TEST(store->usage().bytes == film.data.size());
  BOOST_TEST(store->unfinished().empty());
  BOOST_TEST(files_under(folder.path) == 2u);
}

BOOST_AUTO_TEST_CASE(what_has_arrived_can_be_played) {
  const scratch_folder folder;
  const film film;
  auto store = *local_blob_store::open(folder.path);
  auto partial = *store->fetch(film.list.id(), film.list);
  BOOST_TEST(bool(partial->add(1, film.piece(1))));
  BOOST_TEST((*partial->read(piece_bytes + 5, 10) ==
              bytes(film.data.begin() + piece_bytes + 5, film.data.begin() + piece_bytes + 15)));
  BOOST_TEST((partial->read(piece_bytes - 1, 10).error() == errc::incomplete));
  BOOST_TEST((partial->read(film.data.size() + 1, 1).error() == errc::out_of_range));
}

BOOST_AUTO_TEST_CASE(a_wrong_piece_or_list_is_refused_and_leaves_no_mark) {
  const scratch_folder folder;
  const film film;
  auto store = *local_blob_store::open(folder.path);
  auto partial = *store->fetch(film.list.id(), film.list);
  bytes wrong(film.piece(0).begin(), film.piece(0).end());
  wrong[17] ^= 1;
  BOOST_TEST((partial->add(0, wrong).error() == errc::wrong_piece));
  BOOST_TEST((partial->add(0, film.piece(1)).error() == errc::wrong_piece));
  BOOST_TEST((partial->add(4, film.piece(0)).error() == errc::wrong_piece));
  BOOST_TEST(partial->missing_count() == 4u);
  auto list = film.list;
  list.hashes[2][0] ^= 1;
  BOOST_TEST((store->fetch(film.list.id(), list).error() == errc::wrong_piece_list));
}

BOOST_AUTO_TEST_CASE(a_fetch_goes_on_after_a_restart) {
  const scratch_folder folder;
  const film film;
  const auto id = film.list.id();
  {
    auto store = *local_blob_store::open(folder.path);
    auto partial = *store->fetch(id, film.list);
    BOOST_TEST(bool(partial->add(0, film.piece(0))));
    BOOST_TEST(bool(partial->add(2, film.piece(2))));
  }
  auto store = *local_blob_store::open(folder.path);
  BOOST_REQUIRE(store->unfinished().size() == 1u);
  BOOST_TEST(store->unfinished().front().text() == id.text());
  auto partial = *store->fetch(id, *store->unfinished_pieces(id));
  BOOST_TEST(partial->missing_count() == 2u);
  BOOST_TEST(partial->has(0));
  BOOST_TEST(partial->has(2));
  for (const std::uint64_t index : {1, 3})
    BOOST_TEST(bool(partial->add(index, film.piece(index))));
  BOOST_TEST(bool(partial->finish()));
  BOOST_TEST(bool(store->check(id)));
}

// After a power cut a marked piece may not have reached the disk: it must be fetched again.
BOOST_AUTO_TEST_CASE(a_marked_piece_that_was_lost_is_missing_again) {
  const scratch_folder folder;
  const film film;
  const auto id = film.list.id();
  {
    auto store = *local_blob_store::open(folder.path);
    auto partial = *store->fetch(id, film.list);
    BOOST_TEST(bool(partial->add(0, film.piece(0))));
    BOOST_TEST(bool(partial->add(1, film.piece(1))));
  }
  {
    std::fstream file(folder.path / "partial" / (id.text() + ".data"),
                      std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file << std::string(4096, '\0');
  }
  auto store = *local_blob_store::open(folder.path);
  auto partial = *store->fetch(id, film.list);
  BOOST_TEST(!partial->has(0));
  BOOST_TEST(partial->has(1));
  BOOST_TEST(partial->missing_count() == 3u);
}

BOOST_AUTO_TEST_CASE(a_damaged_state_starts_the_fetch_anew) {
  const scratch_folder folder;
  const film film;
  const auto id = film.list.id();
  auto store = *local_blob_store::open(folder.path);
  { auto begun = *store->fetch(id, film.list); }
  std::filesystem::resize_file(folder.path / "partial" / (id.text() + ".state"), 30);
  BOOST_TEST((store->unfinished_pieces(id).error() == errc::damaged));
  auto partial = *store->fetch(id, film.list);
  BOOST_TEST(partial->missing_count() == 4u);
}

BOOST_AUTO_TEST_CASE(a_fetch_that_is_given_up_leaves_nothing) {
  const scratch_folder folder;
  const film film;
  auto store = *local_blob_store::open(folder.path);
  auto partial = *store->fetch(film.list.id(), film.list);
  BOOST_TEST(bool(partial->add(0, film.piece(0))));
  partial->discard();
  BOOST_TEST(store->unfinished().empty());
  BOOST_TEST(files_under(folder.path) == 0u);
}

BOOST_AUTO_TEST_CASE(an_empty_blob_is_complete_from_the_start) {
  const scratch_folder folder;
  const piece_list list;
  auto store = *local_blob_store::open(folder.path);
  auto partial = *store->fetch(list.id(), list);
  BOOST_TEST(partial->complete());
  BOOST_TEST(bool(partial->finish()));
  BOOST_TEST(*store->size(list.id()) == 0u);
}

BOOST_AUTO_TEST_CASE(a_blob_that_came_another_way_meanwhile_is_kept_once) {
  const scratch_folder folder;
  const film film;
  auto store = *local_blob_store::open(folder.path);
  auto partial = *store->fetch(film.list.id(), film.list);
  for (std::uint64_t i = 0; i < film.list.count(); ++i) {
    BOOST_TEST(bool(partial->add(i, film.piece(i))));
  }
  auto writer = *store->create_writer();
  BOOST_TEST(bool(writer->append(film.data)));
  BOOST_TEST(bool(writer->finish()));
  BOOST_TEST(partial->finish()->was_there);
  BOOST_TEST(store->usage().count == 1u);
  BOOST_TEST(files_under(folder.path) == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
