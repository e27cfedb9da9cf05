// What a node that lies can do to the images of others, and what others are given.
#include "memory_node.hpp"
#include "node/images/images.hpp"
#include "store/base/uuid.hpp"

using namespace hearth::images;
using hearth::journal_test::memory_node;

namespace {

constexpr auto one_stream = "11111111-1111-4111-8111-111111111111";

hearth::bytes32 blob(std::uint8_t mark) {
  hearth::bytes32 out{};
  out[0] = mark;
  return out;
}

image_form form_of(std::uint8_t mark) {
  image_form out;
  out.stream_id = one_stream;
  out.file_name = "picture.jpg";
  out.format = "jpeg";
  out.content = blob(mark);
  out.thumbnail = blob(static_cast<std::uint8_t>(mark + 100));
  return out;
}

struct image_node : memory_node {
  explicit image_node(std::uint64_t seed, std::size_t most = 10) : memory_node(seed) {
    own = std::make_unique<hearth::images::images>(*journal, random, most,
                                                   [](const hearth::journal::change&) {});
    BOOST_REQUIRE(journal->rebuild());
    own->announce();
    own->on_unneeded([this](const hearth::bytes32& each) { unneeded.push_back(each); });
  }
  image_facts add(visibility seen_by, std::uint8_t mark) {
    return own->add(form_of(mark), seen_by).value();
  }
  void forge(const image_operation& operation) {
    BOOST_REQUIRE(journal->write(hearth::journal::space::shared, hearth::journal::kind::image,
                                 encode_operation(operation)));
  }

  std::unique_ptr<hearth::images::images> own;
  std::vector<hearth::bytes32> unneeded;
};

using blob_list = std::vector<hearth::bytes32>;

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile_image_nodes)

BOOST_AUTO_TEST_CASE(an_id_is_its_makers) {
  image_node owner(1);
  image_node liar(2);
  const auto made = owner.add(visibility::owner_only, 1);
  BOOST_TEST(hearth::uuid_owned_by(made.id, owner.key.id().key));
  image_operation lie;
  lie.image_id = made.id;
  lie.generation = 1;
  lie.form = form_of(66);
  lie.visible_to = 1;
  liar.forge(lie);
  liar.send_to(owner);
  BOOST_TEST((owner.own->get(made.id, audience::owner)->form.content == blob(1)));
  BOOST_TEST(owner.own->count() == 1u);
  BOOST_TEST((liar.own->get(made.id, audience::owner).error() == errc::unknown_image));
}

BOOST_AUTO_TEST_CASE(a_format_that_is_none_is_refused) {
  image_operation operation;
  operation.image_id = one_stream;
  operation.form = form_of(1);
  for (const auto* good : {"jpeg", "png", "gif", "webp", "bmp"}) {
    operation.form->format = good;
    BOOST_TEST(decode_operation(encode_operation(operation)).has_value());
  }
  for (const auto* bad : {"", "svg+xml", "jpeg\r\nSet-Cookie: a=b", "JPEG"}) {
    operation.form->format = bad;
    const auto got = decode_operation(encode_operation(operation));
    BOOST_TEST((!got && got.error() == errc::bad_field));
  }
}

// A peer that names a blob of ours must not be given it.
BOOST_AUTO_TEST_CASE(only_own_images_are_served) {
  image_node owner(1);
  image_node other(2);
  owner.add(visibility::everyone, 1);
  owner.add(visibility::owner_only, 2);
  other.add(visibility::everyone, 2);
  other.add(visibility::everyone, 3);
  other.send_to(owner);
  BOOST_TEST(owner.own->serves(blob(1)));
  BOOST_TEST(owner.own->serves(blob(101)));
  BOOST_TEST(!owner.own->serves(blob(2)));
  BOOST_TEST(!owner.own->serves(blob(3)));
  BOOST_TEST(owner.own->hides(blob(2)));
  BOOST_TEST(!owner.own->hides(blob(1)));
  BOOST_TEST(!owner.own->hides(blob(3)));
}

BOOST_AUTO_TEST_CASE(images_of_others_do_not_fill_a_stream) {
  image_node owner(1, 2);
  image_node other(2);
  for (std::uint8_t mark = 10; mark < 15; ++mark)
    other.add(visibility::everyone, mark);
  other.send_to(owner);
  BOOST_TEST(owner.own->check_room(one_stream).has_value());
  owner.add(visibility::everyone, 1);
  owner.add(visibility::owner_only, 2);
  BOOST_TEST((owner.own->check_room(one_stream).error() == errc::too_many));
}

BOOST_AUTO_TEST_CASE(what_is_deleted_or_withdrawn_anywhere_frees_its_blobs) {
  image_node owner(1);
  image_node other(2);
  const auto deleted = owner.add(visibility::everyone, 1);
  const auto withdrawn = owner.add(visibility::everyone, 2);
  owner.send_to(other);
  BOOST_TEST(other.unneeded.empty());
  BOOST_REQUIRE(owner.own->remove(deleted.id));
  BOOST_TEST((owner.unneeded == blob_list{blob(1), blob(101)}));
  owner.unneeded.clear();
  BOOST_REQUIRE(owner.own->set_visibility(withdrawn.id, visibility::owner_only));
  BOOST_TEST(owner.unneeded.empty());  // it is still there, for its owner
  owner.send_to(other);
  BOOST_TEST((other.unneeded == blob_list{blob(1), blob(101), blob(2), blob(102)}));
  owner.own->remove_all_of(one_stream).value();
  BOOST_TEST(owner.unneeded.size() >= 2u);
}

BOOST_AUTO_TEST_SUITE_END()
