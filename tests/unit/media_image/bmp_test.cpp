#include "media/image/bmp.hpp"

#include <boost/test/unit_test.hpp>
#include <initializer_list>

using namespace hearth::image;
using hearth::bytes;

namespace {

void little(bytes& out, std::uint32_t value, int width) {
  for (int i = 0; i < width; ++i)
    out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

struct picture {
  std::int32_t width = 2;
  std::int32_t height = 2;
  std::uint16_t bits = 24;
  std::uint32_t coding = 0;
  std::uint32_t colours = 0;
  bytes between;  // palette or masks
  bytes pixels;

  bytes file() const {
    bytes out{'B', 'M'};
    little(out, 0, 8);
    little(out, static_cast<std::uint32_t>(54 + between.size()), 4);
    little(out, 40, 4);
    little(out, static_cast<std::uint32_t>(width), 4);
    little(out, static_cast<std::uint32_t>(height), 4);
    little(out, 1, 2);
    little(out, bits, 2);
    little(out, coding, 4);
    little(out, 0, 12);
    little(out, colours, 4);
    little(out, 0, 4);
    out.insert(out.end(), between.begin(), between.end());
    out.insert(out.end(), pixels.begin(), pixels.end());
    return out;
  }
};

hearth::result<bytes> decode(const bytes& file) {
  const auto header = read_bmp_header(file);
  if (!header) return header.error();
  auto raster = read_bmp(file, *header);
  if (!raster) return raster.error();
  return raster->rgb;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bitmaps)

BOOST_AUTO_TEST_CASE(rows_come_from_below_or_above_and_are_padded) {
  picture picture;
  picture.pixels = {1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0};
  const bytes upright{9, 8, 7, 12, 11, 10, 3, 2, 1, 6, 5, 4};
  const bytes from_above{3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10};
  BOOST_TEST((*decode(picture.file()) == upright));
  picture.height = -2;
  BOOST_TEST((*decode(picture.file()) == from_above));
}

BOOST_AUTO_TEST_CASE(palettes_of_each_depth) {
  picture picture;
  picture.height = 1;
  picture.between = {10, 20, 30, 0, 40, 50, 60, 0};
  picture.colours = 2;
  const bytes expected{30, 20, 10, 60, 50, 40};
  for (const auto& [bits, row] :
       {std::pair<int, bytes>{1, {0x40, 0, 0, 0}}, {4, {0x01, 0, 0, 0}}, {8, {0, 1, 0, 0}}}) {
    picture.bits = static_cast<std::uint16_t>(bits);
    picture.pixels = row;
    BOOST_TEST((*decode(picture.file()) == expected));
  }
  picture.pixels = {0, 200, 0, 0};  // an index behind the palette
  BOOST_TEST((*decode(picture.file()) == bytes{30, 20, 10, 0, 0, 0}));
}

BOOST_AUTO_TEST_CASE(wide_pixels_with_and_without_masks) {
  picture picture;
  picture.width = 1;
  picture.height = 1;
  picture.bits = 32;
  picture.pixels = {1, 2, 3, 0};
  BOOST_TEST((*decode(picture.file()) == bytes{3, 2, 1}));
  picture.coding = 6;
  picture.between = {0xff, 0, 0, 0, 0, 0xff, 0, 0, 0, 0, 0xff, 0, 0, 0, 0, 0xff};
  BOOST_TEST((*decode(picture.file()) == bytes{255, 255, 255}));
  picture.pixels = {1, 2, 3, 255};
  BOOST_TEST((*decode(picture.file()) == bytes{1, 2, 3}));
  picture.bits = 16;
  picture.coding = 0;
  picture.between = {};
  picture.pixels = {0x1f, 0x7c, 0, 0};
  BOOST_TEST((*decode(picture.file()) == bytes{255, 0, 255}));
}

BOOST_AUTO_TEST_CASE(lies_about_size_are_refused) {
  picture picture;
  picture.pixels = bytes(16);
  auto file = picture.file();
  file.resize(file.size() - 3);
  BOOST_TEST((decode(file).error() == errc::damaged));
  picture.width = 0;
  BOOST_TEST((decode(picture.file()).error() == errc::damaged));
  picture.width = 0x7fffffff;
  BOOST_TEST((decode(picture.file()).error() == errc::too_many_pixels));
  picture.width = 2;
  picture.height = INT32_MIN;
  BOOST_TEST((decode(picture.file()).error() == errc::too_many_pixels));
  BOOST_TEST((decode(bytes{'B', 'M'}).error() == errc::damaged));
}

BOOST_AUTO_TEST_CASE(other_kinds_are_refused) {
  picture picture;
  picture.pixels = bytes(16);
  picture.coding = 1;  // run lengths
  BOOST_TEST((decode(picture.file()).error() == errc::unsupported_format));
  picture.coding = 0;
  picture.bits = 7;
  BOOST_TEST((decode(picture.file()).error() == errc::unsupported_format));
}

BOOST_AUTO_TEST_CASE(the_pixels_may_not_lie_behind_the_end) {
  picture picture;
  picture.pixels = bytes(16);
  auto file = picture.file();
  file[10] = file[11] = file[12] = file[13] = 0xff;
  BOOST_TEST((decode(file).error() == errc::damaged));
}

BOOST_AUTO_TEST_SUITE_END()
