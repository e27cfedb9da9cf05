// What other nodes can do to the images of this one: nothing.
#include "image_node.hpp"
#include "store/base/uuid.hpp"

using namespace hearth::images_test;

BOOST_AUTO_TEST_SUITE(images_and_other_nodes)

BOOST_AUTO_TEST_CASE(another_node_cannot_change_or_delete_an_image) {
  image_node owner(1);
  image_node other(2);
  const auto made = owner.add(visibility::everyone);
  owner.send_to(other);
  BOOST_TEST(!other.own->get(made.id, audience::member)->own);
  BOOST_TEST((other.own->set_visibility(made.id, visibility::owner_only).error() == errc::not_own));
  BOOST_TEST((other.own->remove(made.id).error() == errc::not_own));
  image_operation lie;
  lie.image_id = made.id;
  lie.generation = 1;
  lie.deleted = true;
  other.forge(lie);
  lie.deleted = false;
  lie.withdrawn = true;
  other.forge(lie);
  lie.withdrawn = false;
  lie.visible_to = 3;
  other.forge(lie);
  other.send_to(owner);
  for (auto* node : {&owner, &other}) {
    BOOST_TEST(node->own->get(made.id, audience::viewer).has_value());
    BOOST_TEST((node->own->get(made.id, audience::viewer)->owner == owner.key.id()));
  }
}

// An id names its author: nobody can put a picture of his own in the place of another's.
BOOST_AUTO_TEST_CASE(an_image_cannot_be_claimed_by_another_node) {
  image_node owner(1);
  const auto made = owner.add(visibility::owner_only);
  for (std::uint64_t seed = 2; seed < 8; ++seed) {  // keys above and below the owner's
    image_node other(seed);
    image_operation claim;
    claim.image_id = made.id;
    claim.generation = 1;
    claim.form = form_of(one_stream, 66);
    claim.visible_to = 1;
    other.forge(claim);
    other.send_to(owner);
  }
  BOOST_TEST(owner.own->get(made.id, audience::owner)->own);
  BOOST_TEST((owner.own->get(made.id, audience::viewer).error() == errc::unknown_image));
  BOOST_TEST(!owner.own->needs(blob(66), audience::peer));
}

// Another member must not be able to fill up a stream with images of his.
BOOST_AUTO_TEST_CASE(images_of_other_nodes_do_not_count_for_the_maximum) {
  image_node node(1, 1);
  image_node other(2, 1);
  BOOST_REQUIRE(other.own->add(form_of(one_stream, 1), visibility::everyone));
  other.send_to(node);
  BOOST_TEST(node.own->add(form_of(one_stream, 2), visibility::everyone).has_value());
  BOOST_TEST((node.own->check_room(one_stream).error() == errc::too_many));
}

// A member that knows the name of a private picture's bytes could else show them as his own, and
// this node would hand them out.
BOOST_AUTO_TEST_CASE(only_own_images_make_this_node_give_a_blob) {
  image_node node(1);
  image_node other(2);
  const auto made = node.add(visibility::owner_only, 7);
  BOOST_REQUIRE(other.own->add(form_of(other_stream, 7), visibility::everyone));
  other.send_to(node);
  BOOST_TEST(node.own->needs(blob(7), audience::peer));
  BOOST_TEST(!node.own->serves(blob(7)));
  BOOST_TEST(node.own->hides(blob(7)));
  BOOST_REQUIRE(node.own->set_visibility(made.id, visibility::subscribers));
  BOOST_TEST(node.own->serves(blob(7)));
  BOOST_TEST(!node.own->hides(blob(7)));
}

// A peer that says something with generation 0 would else speak in the owner's private space.
BOOST_AUTO_TEST_CASE(a_private_record_from_the_shared_space_is_ignored) {
  image_node node(1);
  image_node other(2);
  image_operation lie;
  lie.image_id = hearth::make_owned_uuid(other.random, other.key.id().key);
  lie.form = form_of();
  other.forge(lie);
  other.send_to(node);
  BOOST_TEST((node.own->get(lie.image_id, audience::owner).error() == errc::unknown_image));
}

BOOST_AUTO_TEST_SUITE_END()
