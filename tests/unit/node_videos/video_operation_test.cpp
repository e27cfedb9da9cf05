#include "node/videos/video_operation.hpp"

#include <boost/test/unit_test.hpp>

#include "node/videos/errc.hpp"

using namespace hearth::videos;

namespace {

video_operation some_operation() {
  video_form form;
  form.file_name = "film.mp4";
  form.container = "mp4";
  form.video_codec = "h264";
  form.audio_codec = "aac";
  form.duration_ms = 90'000;
  video_operation out;
  out.video_id = "11111111-1111-4111-8111-111111111111";
  out.form = form;
  out.name = "A film";
  out.tags = {"one", "two"};
  out.holds = true;
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

BOOST_AUTO_TEST_SUITE(video_operations)

BOOST_AUTO_TEST_CASE(what_was_written_is_read) {
  const auto back = decode_operation(encode_operation(some_operation()));
  BOOST_REQUIRE(back);
  BOOST_TEST(back->form->duration_ms == 90'000);
  BOOST_TEST(back->name.value() == "A film");
  BOOST_TEST(back->tags->size() == 2u);
  BOOST_TEST(back->holds.value());
  BOOST_TEST(!back->deleted);
}

BOOST_AUTO_TEST_CASE(another_nodes_nonsense_is_refused) {
  BOOST_TEST(refused([](video_operation& each) { each.video_id = ""; }));
  BOOST_TEST(refused([](video_operation& each) { each.form->duration_ms = -1; }));
  BOOST_TEST(refused([](video_operation& each) { each.form->container = std::string(33, 'x'); }));
  BOOST_TEST(refused([](video_operation& each) { each.form->video_codec = "\xff"; }));
  BOOST_TEST(refused([](video_operation& each) { each.form->file_name = std::string(401, 'x'); }));
  BOOST_TEST(refused([](video_operation& each) { each.name = std::string(401, 'x'); }));
  BOOST_TEST(refused([](video_operation& each) { each.name = "\xc0\x80"; }));
  BOOST_TEST(refused([](video_operation& each) { each.tags = {""}; }));
  BOOST_TEST(refused([](video_operation& each) { each.tags = {std::string(101, 'x')}; }));
  BOOST_TEST(refused(
      [](video_operation& each) { each.tags = std::vector<std::string>(max_tags + 1, "x"); }));
  BOOST_TEST(!refused([](video_operation&) {}));
  BOOST_TEST(!decode_operation(hearth::bytes{}));
}

BOOST_AUTO_TEST_SUITE_END()
