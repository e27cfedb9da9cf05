#include "media/rtmp/amf0.hpp"

#include <boost/test/unit_test.hpp>

using namespace hearth::rtmp;
using hearth::byte_view;
using hearth::bytes;

namespace {

bytes nested(int depth) {
  bytes out;
  for (int i = 0; i < depth; ++i) {
    for (std::uint8_t byte : {3, 0, 1, 97})
      out.push_back(byte);
  }
  out.push_back(5);
  for (int i = 0; i < depth; ++i) {
    for (std::uint8_t byte : {0, 0, 9})
      out.push_back(byte);
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(amf0_values)

BOOST_AUTO_TEST_CASE(what_was_written_is_read) {
  const auto data = write_amf0({"connect", 1.5, true, amf0(),
                                amf0::members{{"app", "live"}, {"list", amf0::array{"a", 2.0}}},
                                amf0::associative({{"width", 1920.0}})});
  const auto back = read_amf0(data);
  BOOST_REQUIRE(back);
  BOOST_REQUIRE(back->size() == 6u);
  BOOST_TEST(*(*back)[0].text() == "connect");
  BOOST_TEST(*(*back)[1].number() == 1.5);
  BOOST_TEST(*(*back)[2].truth());
  BOOST_TEST((*back)[3].is_null());
  BOOST_TEST(*(*back)[4].find("app")->text() == "live");
  BOOST_TEST(*(*(*back)[4].find("list")->items())[1].number() == 2.0);
  BOOST_TEST((*back)[4].find("other") == nullptr);
  BOOST_TEST((*back)[5].is_associative());
  BOOST_TEST(*(*back)[5].find("width")->number() == 1920.0);
  BOOST_TEST((*back)[0].find("app") == nullptr);
  BOOST_TEST((write_amf0(*back) == data));
}

BOOST_AUTO_TEST_CASE(a_long_string_is_written_with_a_long_length_and_refused_above_the_limit) {
  const auto fits = write_amf0({amf0(std::string(65'536, 'x'))});
  BOOST_TEST(fits[0] == 12);
  BOOST_TEST(read_amf0(fits)->front().text()->size() == 65'536u);
  BOOST_TEST((read_amf0(write_amf0({amf0(std::string(65'537, 'x'))})).error() == errc::amf0_limit));
}

BOOST_AUTO_TEST_CASE(rarer_types_read_as_what_they_come_closest_to) {
  const bytes date{11, 0x40, 0x59, 0, 0, 0, 0, 0, 0, 0, 0};
  BOOST_TEST(*read_amf0(date)->front().number() == 100.0);
  const bytes xml{15, 0, 0, 0, 2, 'h', 'i'};
  BOOST_TEST(*read_amf0(xml)->front().text() == "hi");
  const bytes typed{16, 0, 1, 'C', 0, 1, 'a', 1, 1, 0, 0, 9};
  BOOST_TEST(*read_amf0(typed)->front().find("a")->truth());
  for (const auto& nothing : {bytes{6}, bytes{13}, bytes{7, 0, 1}}) {
    BOOST_TEST(read_amf0(nothing)->front().is_null());
  }
}

BOOST_AUTO_TEST_CASE(every_cut_of_a_message_is_refused_or_shorter) {
  const auto whole = write_amf0({amf0::members{{"app", "live"}, {"list", amf0::array{"a", 2.0}}}});
  for (std::size_t size = 1; size < whole.size(); ++size) {
    BOOST_TEST((read_amf0(byte_view(whole).first(size)).error() == errc::bad_amf0));
  }
}

BOOST_AUTO_TEST_CASE(unknown_types_are_refused) {
  for (std::uint8_t type : {4, 9, 14, 17, 200}) {
    BOOST_TEST((read_amf0(bytes{type, 0, 0}).error() == errc::bad_amf0));
  }
}

BOOST_AUTO_TEST_CASE(depth_and_count_are_limited) {
  BOOST_TEST(read_amf0(nested(16)).has_value());
  BOOST_TEST((read_amf0(nested(17)).error() == errc::amf0_limit));
  BOOST_TEST((read_amf0(nested(100'000)).error() == errc::amf0_limit));
  BOOST_TEST(read_amf0(bytes(2048, 5)).has_value());
  BOOST_TEST((read_amf0(bytes(2049, 5)).error() == errc::amf0_limit));
  const bytes huge_array{10, 0xff, 0xff, 0xff, 0xff};
  BOOST_TEST((read_amf0(huge_array).error() == errc::amf0_limit));
}

BOOST_AUTO_TEST_SUITE_END()
