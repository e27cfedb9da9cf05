#include "node/peers/remote_blobs.hpp"

#include <filesystem>

#include "bulk_network.hpp"

using namespace hearth::peers_test;
using hearth::bytes;
using hearth::blobs::blob_id;
using hearth::blobs::piece_bytes;
using hearth::transport_test::check_error;

namespace {

/// A folder of its own, gone afterwards.
struct scratch_folder {
  scratch_folder()
      : path(std::filesystem::temp_directory_path() /
             ("hearth-remote-" + std::to_string(hearth::system_random().u64()))) {}
  ~scratch_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::filesystem::path path;
};

bytes content(std::size_t size) {
  bytes out(size);
  std::uint32_t state = 7;
  for (auto& byte : out) {
    state = state * 1664525u + 1013904223u;
    byte = static_cast<std::uint8_t>(state >> 24);
  }
  return out;
}

hearth::blobs::piece_list pieces_of(const bytes& whole) {
  hearth::blobs::piece_list out;
  out.size_bytes = whole.size();
  for (std::size_t at = 0; at < whole.size(); at += piece_bytes) {
    const auto rest = hearth::byte_view(whole).subspan(at);
    out.hashes.push_back(
        hearth::blobs::piece_hash(rest.first(std::min<std::size_t>(rest.size(), piece_bytes))));
  }
  return out;
}

/// A node that watches what lies on others.
struct watcher : bulk_network {
  watcher() { open(); }
  ~watcher() { close(); }

  void open() {
    store = hearth::blobs::local_blob_store::open(folder.path).value();
    remote = std::make_unique<hearth::peers::remote_blobs>(
        fetcher, *store, io.get_executor(),
        [this](const blob_id& whole) { arrived.push_back(whole); });
  }
  void close() {
    remote.reset();
    store.reset();
  }

  bulk_server& add_holder() {
    auto& made = add_server();
    made.source.things["blob " + id.text()] = film;
    made.source.things["pieces " + id.text()] = pieces_of(film).encode();
    return made;
  }

  using source_ptr = std::shared_ptr<hearth::http::ranged_source>;
  hearth::result<source_ptr> watch(std::vector<hearth::node_id> holders) {
    return run(remote->open(id, std::move(holders)));
  }
  hearth::result<bytes> read_all(std::vector<hearth::node_id> holders) {
    return run(remote->read_whole(id, std::move(holders), film.size()));
  }

  scratch_folder folder;
  const bytes film = content(2 * piece_bytes + 1000);
  const blob_id id = pieces_of(film).id();
  std::unique_ptr<hearth::blobs::local_blob_store> store;
  std::unique_ptr<hearth::peers::remote_blobs> remote;
  std::vector<blob_id> arrived;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(blobs_of_other_nodes)

BOOST_AUTO_TEST_CASE(a_film_is_read_from_another_node_and_is_then_here) {
  watcher node;
  auto& holder = node.add_holder();
  const auto got = node.read_all({holder.id()});
  BOOST_REQUIRE(got);
  BOOST_TEST((*got == node.film));
  BOOST_TEST(node.arrived.size() == 1u);
  BOOST_TEST(node.store->has(node.id));
  BOOST_TEST(node.store->check(node.id).has_value());
  const auto asked = holder.source.asked.size();
  BOOST_TEST((*node.read_all({}) == node.film));  // from the disk: nobody need be there
  BOOST_TEST(holder.source.asked.size() == asked);
}

BOOST_AUTO_TEST_CASE(only_what_is_watched_is_fetched) {
  watcher node;
  auto& holder = node.add_holder();
  const auto source = node.watch({holder.id()}).value();
  BOOST_TEST(source->size() == node.film.size());
  const auto end = node.run(source->read(2 * piece_bytes + 10, 500)).value();
  BOOST_TEST((end == bytes(node.film.end() - 990, node.film.end() - 490)));
  BOOST_TEST(holder.source.asked_for("blob") == 1u);
  BOOST_REQUIRE(node.run(source->read(2 * piece_bytes + 20, 500)));
  BOOST_TEST(holder.source.asked_for("blob") == 1u);  // twice read, once fetched
  const auto across = node.run(source->read(piece_bytes - 5, 100)).value();
  BOOST_TEST(across.size() == 5u);
  BOOST_TEST(node.arrived.empty());
}

BOOST_AUTO_TEST_CASE(two_who_watch_share_what_is_fetched) {
  watcher node;
  auto& holder = node.add_holder();
  const auto one = node.watch({holder.id()}).value();
  const auto other = node.watch({holder.id()}).value();
  BOOST_REQUIRE(node.run(one->read(0, 100)));
  BOOST_REQUIRE(node.run(other->read(0, 100)));
  BOOST_TEST(holder.source.asked_for("pieces") == 1u);
  BOOST_TEST(holder.source.asked_for("blob") == 1u);
}

// A node with a broken disk, or a liar, must not be able to put other pictures into a film.
BOOST_AUTO_TEST_CASE(a_wrong_piece_is_refused) {
  watcher node;
  auto& holder = node.add_holder();
  holder.source.things["blob " + node.id.text()][piece_bytes + 3] ^= 1;
  const auto source = node.watch({holder.id()}).value();
  BOOST_TEST(node.run(source->read(0, 100)).has_value());
  check_error(node.run(source->read(piece_bytes, 100)), hearth::blobs::errc::wrong_piece);
  BOOST_TEST(!node.store->has(node.id));
}

BOOST_AUTO_TEST_CASE(what_one_node_gives_wrong_comes_from_the_next) {
  watcher node;
  auto& liar = node.add_holder();
  auto& honest = node.add_holder();
  liar.source.things["blob " + node.id.text()][piece_bytes + 3] ^= 1;
  const auto got = node.read_all({liar.id(), honest.id()});
  BOOST_REQUIRE(got);
  BOOST_TEST((*got == node.film));
  BOOST_TEST(honest.source.asked_for("blob") == 1u);
}

BOOST_AUTO_TEST_CASE(a_list_of_another_film_is_refused) {
  watcher node;
  auto& liar = node.add_holder();
  liar.source.things["pieces " + node.id.text()] = pieces_of(content(5000)).encode();
  check_error(node.watch({liar.id()}), hearth::blobs::errc::wrong_piece_list);
  liar.source.things["pieces " + node.id.text()] = bytes(40, 0xff);
  BOOST_TEST(!node.watch({liar.id()}).has_value());
  auto& honest = node.add_holder();
  BOOST_TEST(node.watch({liar.id(), honest.id()}).has_value());
}

// Else a liar could fill this node's memory.
BOOST_AUTO_TEST_CASE(a_list_without_end_is_refused) {
  watcher node;
  auto& liar = node.add_holder();
  liar.source.total = 1ull << 40;
  check_error(node.watch({liar.id()}), hearth::peers::errc::broken_answer);
  liar.source.total = 1'000'000;  // announces more than it gives
  check_error(node.watch({liar.id()}), hearth::peers::errc::broken_answer);
}

BOOST_AUTO_TEST_CASE(a_fetch_goes_on_after_a_restart) {
  watcher node;
  auto& holder = node.add_holder();
  {
    const auto source = node.watch({holder.id()}).value();
    BOOST_REQUIRE(node.run(source->read(0, 100)));
    BOOST_REQUIRE(node.run(source->read(piece_bytes, 100)));
  }
  node.close();
  node.open();
  holder.source.asked.clear();
  BOOST_TEST((*node.read_all({holder.id()}) == node.film));
  BOOST_TEST(holder.source.asked_for("blob") == 1u);
  BOOST_TEST(node.arrived.size() == 1u);
}

BOOST_AUTO_TEST_CASE(when_nobody_has_it_the_reason_is_said) {
  watcher node;
  check_error(node.watch({}), hearth::peers::errc::not_connected);
  auto& without = node.add_server();
  check_error(node.watch({without.id()}), hearth::peers::errc::not_there);
}

BOOST_AUTO_TEST_CASE(a_small_blob_has_a_limit) {
  watcher node;
  auto& holder = node.add_holder();
  check_error(node.run(node.remote->read_whole(node.id, {holder.id()}, node.film.size() - 1)),
              hearth::errc::too_large);
}

BOOST_AUTO_TEST_SUITE_END()
