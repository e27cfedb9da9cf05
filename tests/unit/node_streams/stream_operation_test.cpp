#include "node/streams/stream_operation.hpp"

#include <boost/test/unit_test.hpp>

#include "node/streams/errc.hpp"

using namespace hearth::streams;

namespace {

constexpr auto some_id = "44444444-4444-4444-8444-444444444444";

stream_form some_form() {
  stream_form out;
  out.name = "name";
  out.description = "description";
  out.resolution = "1080p";
  out.bitrate_kbps = 6000;
  out.planned_start = "2026-01-31T12:00:00Z";
  return out;
}

bool refused(const stream_form& form) {
  stream_operation operation;
  operation.stream_id = some_id;
  operation.form = form;
  const auto got = decode_operation(encode_operation(operation));
  return !got && got.error() == errc::bad_field && !good_form(form);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stream_operations)

BOOST_AUTO_TEST_CASE(what_was_written_is_read) {
  stream_operation operation;
  operation.stream_id = some_id;
  operation.form = some_form();
  operation.ending = stream_ending{true, "why", 5};
  const auto back = decode_operation(encode_operation(operation));
  BOOST_REQUIRE(back);
  BOOST_TEST(back->form->planned_start == "2026-01-31T12:00:00Z");
  BOOST_TEST(back->form->bitrate_kbps == 6000u);
  BOOST_TEST(back->ending->reason == "why");
  BOOST_TEST(!back->deleted);
}

BOOST_AUTO_TEST_CASE(another_nodes_nonsense_is_refused) {
  auto form = some_form();
  form.name = std::string(max_name_bytes, 'x');
  form.description = std::string(max_description_bytes, 'x');
  BOOST_TEST(!refused(form));
  form.name += 'x';
  BOOST_TEST(refused(form));
  form = some_form();
  form.description = std::string(max_description_bytes + 1, 'x');
  BOOST_TEST(refused(form));
  form = some_form();
  form.name = "\xff\xfe";
  BOOST_TEST(refused(form));
  form = some_form();
  form.planned_end = std::string(41, '1');
  BOOST_TEST(refused(form));
  form = some_form();
  form.bitrate_kbps = 2'000'000;
  BOOST_TEST(refused(form));
  stream_operation operation;
  operation.stream_id = "not an id";
  BOOST_TEST((decode_operation(encode_operation(operation)).error() == errc::bad_field));
  operation.stream_id = some_id;
  operation.ending = stream_ending{false, std::string(401, 'x'), 0};
  BOOST_TEST((decode_operation(encode_operation(operation)).error() == errc::bad_field));
  BOOST_TEST((decode_secret(encode_secret({1, "no id", "key", false})).error() == errc::bad_field));
  BOOST_TEST(!decode_operation(hearth::bytes{1, 2, 3}));
  BOOST_TEST(!decode_secret(hearth::bytes{}));
}

BOOST_AUTO_TEST_CASE(presets_are_those_that_the_page_offers) {
  for (const auto* preset : {"", "480p", "720p", "1080p", "2K", "4K"})
    BOOST_TEST(good_resolution(preset));
  for (const auto* preset : {"8K", "1080", "1080P", " 720p"})
    BOOST_TEST(!good_resolution(preset));
}

BOOST_AUTO_TEST_SUITE_END()
