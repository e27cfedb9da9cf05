#include "node/images/image_operation.hpp"

#include <boost/test/unit_test.hpp>

#include "node/images/errc.hpp"

using namespace hearth::images;

namespace {

image_operation some_operation() {
  image_form form;
  form.stream_id = "11111111-1111-4111-8111-111111111111";
  form.file_name = "goal.jpg";
  form.format = "jpeg";
  form.placeholder = hearth::bytes(100);
  form.width = 4000;
  form.height = 3000;
  image_operation out;
  out.image_id = "22222222-2222-4222-8222-222222222222";
  out.generation = 1;
  out.form = form;
  out.visible_to = 1;
  return out;
}

template <class Change>
bool refused(Change change) {
  auto operation = some_operation();
  change(operation);
  const auto got = decode_operation(encode_operation(operation));
  return !got && got.error() == errc::bad_field;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(image_operations)

BOOST_AUTO_TEST_CASE(what_was_written_is_read) {
  const auto back = decode_operation(encode_operation(some_operation()));
  BOOST_REQUIRE(back);
  BOOST_TEST(back->form->file_name == "goal.jpg");
  BOOST_TEST(back->form->width == 4000u);
  BOOST_TEST(back->visible_to.value() == 1);
  BOOST_TEST(back->generation == 1u);
}

BOOST_AUTO_TEST_CASE(another_nodes_nonsense_is_refused) {
  BOOST_TEST(refused([](image_operation& each) { each.image_id = "../x"; }));
  BOOST_TEST(refused([](image_operation& each) { each.visible_to = 0; }));
  BOOST_TEST(refused([](image_operation& each) { each.visible_to = 4; }));
  BOOST_TEST(refused([](image_operation& each) { each.form->stream_id = "x"; }));
  BOOST_TEST(refused([](image_operation& each) { each.form->file_name = std::string(256, 'x'); }));
  BOOST_TEST(refused([](image_operation& each) { each.form->file_name = "\xff"; }));
  BOOST_TEST(refused([](image_operation& each) { each.form->format = "svg+xml"; }));
  BOOST_TEST(refused([](image_operation& each) { each.form->format = ""; }));
  BOOST_TEST(refused([](image_operation& each) { each.form->placeholder.resize(2049); }));
  BOOST_TEST(refused([](image_operation& each) { each.form->width = 65'536; }));
  BOOST_TEST(refused([](image_operation& each) { each.form->height = 65'536; }));
  BOOST_TEST(!refused([](image_operation&) {}));
  BOOST_TEST(!decode_operation(hearth::bytes{1, 2}));
}

BOOST_AUTO_TEST_SUITE_END()
