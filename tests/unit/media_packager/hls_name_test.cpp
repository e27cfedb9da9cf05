// Names and queries come from strangers: only the exact forms are read.
#include "media/packager/hls_name.hpp"

#include <boost/test/unit_test.hpp>

namespace hearth::packager {

BOOST_AUTO_TEST_SUITE(hls_names)

BOOST_AUTO_TEST_CASE(every_name_reads_back) {
  for (const auto* text : {"stream.m3u8", "init_0.mp4", "init_12.mp4", "seg_0.m4s",
                           "seg_1760000000.m4s", "part_3_0.m4s", "part_1760000000_11.m4s"}) {
    const auto name = hls_name::parse(text);
    BOOST_REQUIRE_MESSAGE(name.has_value(), text);
    BOOST_TEST(name->text() == text);
  }
}

BOOST_AUTO_TEST_CASE(anything_else_is_no_name) {
  for (const auto* text : {"",
                           "stream.m3u",
                           "STREAM.M3U8",
                           "seg_.m4s",
                           "seg_01.m4s",
                           "seg_-1.m4s",
                           "seg_+1.m4s",
                           "seg_1.mp4",
                           "seg_1 .m4s",
                           "seg_1.m4s/",
                           "../seg_1.m4s",
                           "init_1.m4s",
                           "part_1.m4s",
                           "part_1_.m4s",
                           "part__1.m4s",
                           "part_1_2_3.m4s",
                           "part_01_2.m4s",
                           "seg_0x1.m4s",
                           "seg_9999999999999999999.m4s",
                           "seg_1%00.m4s",
                           "seg_\xd9\xa1.m4s"}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(hls_name::parse(text).error() == make_error_code(errc::bad_name));
    }
  }
}

BOOST_AUTO_TEST_CASE(queries_are_read_among_other_parameters) {
  const auto both = *hls_query::parse("token=a&_HLS_msn=17&x&_HLS_part=3&_HLS_skip=YES");
  BOOST_TEST(both.msn.value() == 17u);
  BOOST_TEST(both.part.value() == 3u);
  BOOST_TEST(!hls_query::parse("")->msn.has_value());
  BOOST_TEST(!hls_query::parse("&&=&a=b")->msn.has_value());
}

BOOST_AUTO_TEST_CASE(queries_that_make_no_sense_are_refused) {
  for (const auto* text : {"_HLS_part=1", "_HLS_msn=", "_HLS_msn=-1", "_HLS_msn=1e3",
                           "_HLS_msn=99999999999999999999", "_HLS_msn=1&_HLS_part=x"}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(hls_query::parse(text).error() == make_error_code(errc::bad_request));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace hearth::packager
