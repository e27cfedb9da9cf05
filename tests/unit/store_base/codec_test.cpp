#include "store/base/codec.hpp"

#include <boost/test/unit_test.hpp>

namespace {

struct sample {
  std::uint32_t number = 0;
  std::string title;
  std::vector<std::string> tags;
  std::optional<std::uint64_t> maybe;
  std::array<std::uint8_t, 4> fixed{};
  hearth::bytes raw;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(number, title, tags, maybe, fixed, raw);
  }
};

sample example() {
  return {7, "a title", {"x", "y"}, 99, {1, 2, 3, 4}, {9, 8, 7}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(codec)

BOOST_AUTO_TEST_CASE(what_was_encoded_is_decoded) {
  const auto back = hearth::decode<sample>(hearth::encode(example()));
  BOOST_REQUIRE(back);
  BOOST_TEST(back->number == 7u);
  BOOST_TEST(back->title == "a title");
  BOOST_TEST(back->tags.size() == 2u);
  BOOST_TEST(back->maybe.value() == 99u);
  BOOST_TEST(back->fixed[3] == 4);
  BOOST_TEST(back->raw.size() == 3u);
}

BOOST_AUTO_TEST_CASE(every_cut_is_refused) {
  const auto whole = hearth::encode(example());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    BOOST_TEST(!hearth::decode<sample>(hearth::byte_view(whole).first(size)));
  }
}

BOOST_AUTO_TEST_CASE(a_length_larger_than_the_rest_allocates_nothing) {
  hearth::bytes data{1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f};
  BOOST_TEST((hearth::decode<std::string>(data).error() == hearth::errc::malformed));
  BOOST_TEST((hearth::decode<std::vector<std::string>>(data).error() == hearth::errc::malformed));
}

BOOST_AUTO_TEST_CASE(a_count_that_lies_makes_no_elements_beyond_the_bytes_there_are) {
  auto data = hearth::encode(std::vector<std::string>{"a", "b"});
  data.resize(data.size() + 1'000'000, 0xff);  // what follows the count is no string
  data[1] = 0x40;
  data[2] = 0x42;
  data[3] = 0x0f;  // 1,000,000 strings
  BOOST_TEST((hearth::decode<std::vector<std::string>>(data).error() == hearth::errc::malformed));
}

BOOST_AUTO_TEST_CASE(bytes_left_over_are_refused) {
  auto data = hearth::encode(example());
  data.push_back(0);
  BOOST_TEST(!hearth::decode<sample>(data));
}

BOOST_AUTO_TEST_SUITE_END()
