// What a node that lies can do to the videos of others, and what others are given.
#include "memory_node.hpp"
#include "node/videos/videos.hpp"
#include "store/base/uuid.hpp"

using namespace hearth::videos;
using hearth::journal_test::memory_node;

namespace {

hearth::bytes32 blob(std::uint8_t mark) {
  hearth::bytes32 out{};
  out[0] = mark;
  return out;
}

video_form form_of(std::uint8_t mark) {
  video_form out;
  out.file_name = "film.mp4";
  out.content = blob(mark);
  out.poster = blob(static_cast<std::uint8_t>(mark + 100));
  out.container = "mp4";
  return out;
}

struct video_node : memory_node {
  explicit video_node(std::uint64_t seed) : memory_node(seed) {
    own = std::make_unique<hearth::videos::videos>(*journal, random,
                                                   [](const hearth::journal::change&) {});
    BOOST_REQUIRE(journal->rebuild());
    own->announce();
    own->on_unneeded([this](const hearth::bytes32& each) { unneeded.push_back(each); });
  }
  void forge(const video_operation& operation) {
    BOOST_REQUIRE(journal->write(hearth::journal::space::shared, hearth::journal::kind::video,
                                 encode_operation(operation)));
  }

  std::unique_ptr<hearth::videos::videos> own;
  std::vector<hearth::bytes32> unneeded;
};

using blob_list = std::vector<hearth::bytes32>;

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile_video_nodes)

// A clock set back makes a claim look older than the true form: the id decides, not the time.
BOOST_AUTO_TEST_CASE(an_older_form_of_another_author_is_ignored) {
  video_node owner(1);
  video_node liar(2);
  liar.time.now -= std::chrono::hours(1);
  const auto made = owner.own->add(form_of(1), "film").value();
  BOOST_TEST(hearth::uuid_owned_by(made.id, owner.key.id().key));
  video_operation lie;
  lie.video_id = made.id;
  lie.form = form_of(66);
  lie.tags = {"seen"};
  liar.forge(lie);
  liar.send_to(owner);
  const auto facts = owner.own->get(made.id);
  BOOST_TEST((facts->form.content == blob(1)));
  BOOST_TEST((facts->uploaded_by == owner.key.id()));
  BOOST_TEST(facts->tags.size() == 1u);  // that anybody may say
  BOOST_TEST((liar.own->get(made.id).error() == errc::unknown_video));
}

BOOST_AUTO_TEST_CASE(only_videos_that_this_node_has_are_served) {
  video_node owner(1);
  video_node other(2);
  const auto made = owner.own->add(form_of(1), "film").value();
  owner.send_to(other);
  BOOST_TEST(owner.own->serves(blob(1)));
  BOOST_TEST(owner.own->serves(blob(101)));
  BOOST_TEST(other.own->needs(blob(1)));
  BOOST_TEST(!other.own->serves(blob(1)));
  other.own->note_copy_of(blob(1));
  BOOST_TEST(other.own->serves(blob(1)));
  BOOST_TEST(!other.own->serves(blob(9)));
  BOOST_REQUIRE(other.own->note_copy(made.id, false));
  BOOST_TEST(!other.own->serves(blob(1)));
}

// That somebody else says we hold it is nothing that we act upon.
BOOST_AUTO_TEST_CASE(a_claimed_video_makes_no_blob_served) {
  video_node owner(1);
  video_node liar(2);
  BOOST_REQUIRE(liar.own->add(form_of(7), "names a blob of the other node"));
  liar.send_to(owner);
  BOOST_TEST(owner.own->needs(blob(7)));
  BOOST_TEST(!owner.own->serves(blob(7)));
}

BOOST_AUTO_TEST_CASE(a_deletion_frees_the_copies_on_all_nodes) {
  video_node owner(1);
  video_node other(2);
  const auto made = owner.own->add(form_of(1), "film").value();
  owner.send_to(other);
  other.own->note_copy_of(blob(1));
  BOOST_TEST(other.unneeded.empty());
  BOOST_REQUIRE(owner.own->remove(made.id));
  owner.send_to(other);
  for (auto* node : {&owner, &other})
    BOOST_TEST((node->unneeded == blob_list{blob(1), blob(101)}));
  BOOST_TEST(!other.own->serves(blob(1)));
}

BOOST_AUTO_TEST_SUITE_END()
