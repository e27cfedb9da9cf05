// If these fail, the page is blank, or a browser keeps an old one for ever.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "node/web/assets.hpp"

namespace {

std::string text_of(const hearth::web::asset& from) {
  return {from.body.begin(), from.body.end()};
}

/// The addresses under /assets/ that a text names in quotes.
std::vector<std::string> named_assets(const std::string& text) {
  std::vector<std::string> found;
  for (auto at = text.find("\"/assets/"); at != std::string::npos;
       at = text.find("\"/assets/", at + 1)) {
    found.push_back(text.substr(at + 1, text.find('"', at + 1) - at - 1));
  }
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(page_assets)

BOOST_AUTO_TEST_CASE(index_names_only_files_that_are_there) {
  const auto* index = hearth::web::find_asset("/index.html");
  BOOST_REQUIRE(index);
  BOOST_TEST(index->content_type == "text/html; charset=utf-8");
  BOOST_TEST(!index->immutable);
  const auto names = named_assets(text_of(*index));
  BOOST_TEST(names.size() >= 4U);
  for (const auto& name : names) {
    const auto* found = hearth::web::find_asset(name);
    BOOST_TEST_REQUIRE(found, name);
    BOOST_TEST(found->immutable, name);
    BOOST_TEST(found->path == name);
  }
}

BOOST_AUTO_TEST_CASE(every_file_has_its_gzip_form_and_a_quoted_etag) {
  const auto* index = hearth::web::find_asset("/index.html");
  BOOST_REQUIRE(index);
  BOOST_REQUIRE(index->gzip.size() > 2);
  BOOST_TEST(index->gzip[0] == 0x1f);
  BOOST_TEST(index->gzip[1] == 0x8b);
  BOOST_TEST(index->gzip.size() < index->body.size());
  BOOST_TEST(index->etag.size() > 10U);
  BOOST_TEST(index->etag.front() == '"');
  BOOST_TEST(index->etag.back() == '"');
}

BOOST_AUTO_TEST_CASE(index_needs_no_inline_script_and_no_other_site) {
  const auto text = text_of(*hearth::web::find_asset("/index.html"));
  BOOST_TEST(text.find("<script>") == std::string::npos);
  BOOST_TEST(text.find("<style") == std::string::npos);
  BOOST_TEST(text.find("http") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(other_paths_are_no_files) {
  for (const auto* path : {"/", "", "/live", "/assets/", "/assets/../index.html", "index.html"}) {
    BOOST_TEST(!hearth::web::find_asset(path), path);
  }
}

BOOST_AUTO_TEST_SUITE_END()
