#include "store/search/text_index.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(text_index)

BOOST_AUTO_TEST_CASE(finds_title_text_and_tags_whatever_case_and_accents) {
  hearth::search::text_index index;
  index.put("a", "Café opening", "The lamps are warm.", "venue");
  index.put("b", "Stage plan", "Put the camera left of the organ.", "church sound");
  BOOST_TEST(index.find("cafe").at(0).id == "a");
  BOOST_TEST(index.find("ORGAN").at(0).id == "b");
  BOOST_TEST(index.find("sound").at(0).id == "b");
  BOOST_TEST(index.find("cam").at(0).id == "b");
  BOOST_TEST(index.find("organ").at(0).snippet.find("of the organ") != std::string::npos);
  BOOST_TEST(index.find("warm organ").empty());
}

BOOST_AUTO_TEST_CASE(a_replaced_or_removed_document_is_not_found_by_its_old_words) {
  hearth::search::text_index index;
  index.put("a", "one", "first words", "");
  index.put("a", "two", "second words", "");
  BOOST_TEST(index.find("first").empty());
  BOOST_TEST(index.find("second").size() == 1u);
  index.remove("a");
  BOOST_TEST(index.find("second").empty());
}

BOOST_AUTO_TEST_CASE(replacing_many_documents_does_not_go_through_all_of_them) {
  hearth::search::text_index index;
  const std::string long_text(20'000, 'x');
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 2'000; ++i) {
      const auto id = std::to_string(i);
      index.put(id, "word" + id, long_text, "round" + std::to_string(round));
    }
  }
  BOOST_TEST(index.find("round0").empty());
  BOOST_TEST(index.find("word1999").at(0).id == "1999");
  index.remove("1999");
  index.remove("1999");
  BOOST_TEST(index.find("word1999").empty());
  BOOST_TEST(index.find("word1998").size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_a_person_types_is_never_a_query_language) {
  hearth::search::text_index index;
  index.put("a", "title", "plain text", "");
  for (const char* query : {"\"", "title:plain", "(", "NOT", "a OR b", "*", "^plain", "{}", "-"}) {
    BOOST_CHECK_NO_THROW(index.find(query));
  }
  BOOST_TEST(index.find("").empty());
  BOOST_TEST(index.find("plain ").size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
