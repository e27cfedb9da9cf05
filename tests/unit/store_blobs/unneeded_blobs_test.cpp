#include "store/blobs/unneeded_blobs.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include "scratch.hpp"
#include "store/blobs/local_blob_store.hpp"

using namespace hearth::blobs;
using hearth::bytes;
using hearth::bytes32;

namespace {

struct fixture {
  scratch_folder folder;
  boost::asio::io_context core;
  boost::asio::io_context worker;
  std::set<bytes32> needed;
  std::unique_ptr<local_blob_store> store = *local_blob_store::open(folder.path);
  std::shared_ptr<unneeded_blobs> unneeded = std::make_shared<unneeded_blobs>(
      core.get_executor(), worker.get_executor(),
      [this](const bytes32& blob) { return needed.contains(blob); }, *store);

  blob_id put(unneeded_blobs::hold& hold, const bytes& data) const {
    auto writer = *store->create_writer(data.size());
    BOOST_REQUIRE(bool(writer->append(data)));
    return hold.finish(*writer)->id;
  }
  static bool run(boost::asio::io_context& io) {
    io.restart();
    return io.poll() > 0;
  }
  void settle() {
    while (run(core) || run(worker)) {
    }
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(unneeded, fixture)

BOOST_AUTO_TEST_CASE(what_nobody_needs_is_removed_and_what_somebody_needs_stays) {
  auto upload = unneeded->begin_upload();
  const auto kept = put(*upload, content(1000, 1));
  const auto failed = put(*upload, content(1000, 2));
  needed.insert(kept.hash);
  settle();
  BOOST_TEST(store->has(failed));  // the upload goes on
  upload.reset();
  settle();
  BOOST_TEST(store->has(kept));
  BOOST_TEST(!store->has(failed));
  unneeded->drop(kept.hash);
  settle();
  BOOST_TEST(store->has(kept));
  needed.clear();
  unneeded->drop(kept.hash);
  unneeded->drop(bytes32{});
  settle();
  BOOST_TEST(store->usage().count == 0u);
}

// The same picture again, while its older copy is being deleted.
BOOST_AUTO_TEST_CASE(an_upload_that_is_not_known_yet_keeps_its_blob) {
  auto first = unneeded->begin_upload();
  const auto blob = put(*first, content(1000));
  first.reset();
  unneeded->drop(blob.hash);
  auto second = unneeded->begin_upload();
  BOOST_TEST((put(*second, content(1000)) == blob));
  settle();
  BOOST_TEST(store->has(blob));
  needed.insert(blob.hash);
  second.reset();
  settle();
  BOOST_TEST(store->has(blob));
}

// The whole upload lies between the question and the removal.
BOOST_AUTO_TEST_CASE(an_upload_after_the_question_is_asked_about_again) {
  auto first = unneeded->begin_upload();
  const auto blob = put(*first, content(1000));
  first.reset();
  run(worker);  // ends the upload, reads the number of uploads
  run(core);    // nobody needs it
  auto second = unneeded->begin_upload();
  put(*second, content(1000));
  needed.insert(blob.hash);
  second.reset();
  settle();
  BOOST_TEST(store->has(blob));
  needed.clear();
  unneeded->drop(blob.hash);
  settle();
  BOOST_TEST(!store->has(blob));
}

BOOST_AUTO_TEST_CASE(nothing_happens_after_the_end) {
  auto upload = unneeded->begin_upload();
  const auto blob = put(*upload, content(1000));
  unneeded->close();
  upload.reset();
  unneeded->drop(blob.hash);
  settle();
  BOOST_TEST(store->has(blob));
}

BOOST_AUTO_TEST_SUITE_END()
