#include "node/api/answers.hpp"

#include <boost/test/unit_test.hpp>

#include "media/image/errc.hpp"
#include "media/sandbox/errc.hpp"
#include "media/video/errc.hpp"
#include "node/images/errc.hpp"
#include "node/notes/errc.hpp"
#include "node/peers/errc.hpp"
#include "node/streams/errc.hpp"
#include "node/videos/errc.hpp"
#include "store/blobs/errc.hpp"
#include "store/log/errc.hpp"

using namespace hearth::api;
using hearth::error_code;

namespace {

/// Every value of an enum of errors, by its category's words.
template <class Errc>
std::vector<error_code> all_of() {
  std::vector<error_code> out;
  for (int value = 1;; ++value) {
    const auto code = make_error_code(static_cast<Errc>(value));
    if (code.message() == "unknown error") return out;
    out.push_back(code);
  }
}

void check_explained(const error_code& code) {
  BOOST_TEST_CONTEXT(code.category().name() << ": " << code.message()) {
    const auto told = explain(code);
    BOOST_TEST(told.status >= 400u);
    BOOST_TEST(told.status < 600u);
    BOOST_TEST(told.code != "failed");
    BOOST_TEST(!told.code.empty());
    BOOST_TEST(told.message == code.message());
    BOOST_TEST(!told.hint.empty());
  }
}

template <class Errc>
void check_all_explained(std::size_t at_least) {
  const auto codes = all_of<Errc>();
  BOOST_TEST(codes.size() >= at_least);
  for (const auto& code : codes)
    check_explained(code);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(answers)

// A person must never be told just "failed" for something that we know.
BOOST_AUTO_TEST_CASE(every_error_of_a_domain_has_a_status_a_code_and_a_hint) {
  check_all_explained<hearth::streams::errc>(3);
  check_all_explained<hearth::images::errc>(4);
  check_all_explained<hearth::videos::errc>(2);
  check_all_explained<hearth::notes::errc>(6);
  check_all_explained<hearth::peers::errc>(6);
  check_all_explained<hearth::image::errc>(5);
  check_all_explained<hearth::video::errc>(3);
}

BOOST_AUTO_TEST_CASE(statuses_are_those_of_the_api_description) {
  const std::tuple<error_code, unsigned, std::string> table[] = {
      {hearth::streams::errc::unknown_stream, 404, "not_found"},
      {hearth::streams::errc::not_own, 403, "not_owner"},
      {hearth::images::errc::unknown_image, 404, "not_found"},
      {hearth::images::errc::too_many, 409, "too_many_images"},
      {hearth::videos::errc::bad_field, 400, "bad_field"},
      {hearth::notes::errc::unknown_version, 409, "unknown_version"},
      {hearth::notes::errc::too_large, 413, "note_too_large"},
      {hearth::image::errc::unsupported_format, 415, "unsupported_image"},
      {hearth::video::errc::damaged, 422, "damaged_video"},
      {hearth::sandbox::errc::worker_crashed, 422, "undecodable"},
      {hearth::sandbox::errc::worker_out_of_memory, 422, "undecodable"},
      {hearth::sandbox::errc::queue_full, 503, "busy"},
      {hearth::peers::errc::not_connected, 503, "node_unreachable"},
      {hearth::peers::errc::broken_answer, 502, "bad_answer"},
      {hearth::errc::disk_full, 507, "disk_full"},
      {hearth::logs::errc::disk_full, 507, "disk_full"},
      {hearth::errc::timed_out, 504, "timed_out"},
      {hearth::blobs::errc::too_large, 413, "too_large"},
  };
  for (const auto& [code, status, name] : table) {
    BOOST_TEST_CONTEXT(code.message()) {
      BOOST_TEST(explain(code).status == status);
      BOOST_TEST(explain(code).code == name);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_the_callers_business_is_a_plain_failure) {
  const auto told = explain(hearth::logs::errc::corrupt);
  BOOST_TEST(told.status == 500u);
  BOOST_TEST(told.code == "failed");
  BOOST_TEST(!told.message.empty());
  BOOST_TEST(!told.hint.empty());
}

BOOST_AUTO_TEST_CASE(a_list_is_read_page_by_page) {
  const std::vector<int> all{1, 2, 3, 4, 5};
  const auto as_is = [](int each) { return json::value(each); };
  std::vector<int> seen;
  hearth::http::page_query query;
  query.limit = 2;
  for (int pages = 0; pages < 10; ++pages) {
    const auto page = page_of(all, query, as_is);
    for (const auto& each : page.at("items").as_array())
      seen.push_back(static_cast<int>(each.as_int64()));
    if (page.at("next_cursor").is_null()) break;
    query.cursor = std::string(page.at("next_cursor").as_string());
  }
  BOOST_TEST(seen == all, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_cursor_that_is_none_does_no_harm) {
  const std::vector<int> all{1, 2, 3};
  const auto as_is = [](int each) { return json::value(each); };
  for (const auto* cursor : {"-1", "99999999999999999999999", "4", "3"}) {
    hearth::http::page_query query{10, cursor};
    BOOST_TEST_CONTEXT(cursor) {
      const auto page = page_of(all, query, as_is);
      BOOST_TEST(page.at("items").as_array().empty());
      BOOST_TEST(page.at("next_cursor").is_null());
    }
  }
  BOOST_TEST(page_of(all, {10, "abc"}, as_is).at("items").as_array().size() == 3u);
}

BOOST_AUTO_TEST_CASE(times_are_rfc3339_and_spans_are_seconds) {
  BOOST_TEST(time_value(hearth::milliseconds(0)).is_null());
  BOOST_TEST(time_value(hearth::milliseconds(1'769'860'800'250)).as_string() ==
             "2026-01-31T12:00:00.250Z");
  BOOST_TEST(seconds(hearth::milliseconds(1'500)) == 1.5);
}

BOOST_AUTO_TEST_SUITE_END()
