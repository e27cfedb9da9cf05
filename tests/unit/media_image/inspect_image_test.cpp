#include "media/image/inspect_image.hpp"

#include <boost/test/unit_test.hpp>

#include "pictures.hpp"

using namespace hearth::image;
using hearth::bytes;

namespace {

bool contains(const bytes& data, std::string_view text) {
  return hearth::as_text(data).find(text) != std::string_view::npos;
}

/// A JPEG with an EXIF segment behind its start: an orientation and a GPS position.
bytes with_exif(const bytes& jpeg, std::uint16_t orientation) {
  hearth::byte_writer tiff;
  tiff.raw(hearth::as_bytes(std::string_view("Exif\0\0MM\0*\0\0\0\x08", 14)));
  tiff.u16(2);                                 // entries
  tiff.u16(0x0112), tiff.u16(3), tiff.u32(1);  // orientation, short
  tiff.u16(orientation), tiff.u16(0);
  tiff.u16(0x8825), tiff.u16(4), tiff.u32(1), tiff.u32(38);  // where the GPS entries are
  tiff.u32(0);
  tiff.u16(1);
  tiff.u16(0x001d), tiff.u16(2), tiff.u32(11), tiff.u32(56);  // GPS date stamp, text
  tiff.u32(0);
  tiff.raw(hearth::as_bytes(std::string_view("1999:12:31\0", 11)));
  hearth::byte_writer out;
  out.raw(hearth::byte_view(jpeg).first(2));
  out.u16(0xffe1);
  out.u16(static_cast<std::uint16_t>(tiff.size() + 2));
  out.raw(tiff.view());
  out.raw(hearth::byte_view(jpeg).subspan(2));
  return out.take();
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(inspecting, pictures)

BOOST_AUTO_TEST_CASE(every_format_gives_a_thumbnail_of_200_by_200) {
  const std::map<std::string, image_format> formats{{"a.jpg", image_format::jpeg},
                                                    {"a.png", image_format::png},
                                                    {"a.gif", image_format::gif},
                                                    {"a.webp", image_format::webp},
                                                    {"a.bmp", image_format::bmp}};
  for (const auto& [name, format] : formats) {
    BOOST_TEST_CONTEXT(name) {
      const auto info = inspect(still(640, 400, name));
      BOOST_REQUIRE_MESSAGE(bool(info), (info ? "" : info.error().message()));
      BOOST_TEST((info->format == format));
      BOOST_TEST(info->width == 640u);
      BOOST_TEST(info->height == 400u);
      BOOST_TEST(info->frames == 1u);
      const auto shown = pixels(info->thumbnail, "t.jpg");
      BOOST_REQUIRE(shown.size() == thumbnail_pixel_bytes);
      BOOST_TEST(at(shown, 20, 100).is_red());
      BOOST_TEST(at(shown, 180, 100).is_blue());
      BOOST_TEST(pixels(info->placeholder, "p.webp").size() == 16u * 16 * 3);
      BOOST_TEST(info->placeholder.size() < 400u);
    }
  }
}

BOOST_AUTO_TEST_CASE(small_and_long_pictures_fill_the_square_too) {
  for (const auto& [width, height] : {std::pair{4, 2}, {2, 300}, {3000, 2}, {200, 200}}) {
    BOOST_TEST_CONTEXT(width << "x" << height) {
      const auto info = inspect(scaled(width, height, "a.png"));
      BOOST_REQUIRE_MESSAGE(bool(info), (info ? "" : info.error().message()));
      BOOST_TEST(pixels(info->thumbnail, "t.jpg").size() == thumbnail_pixel_bytes);
    }
  }
}

// A phone held upright: without this, its pictures would lie on their side.
BOOST_AUTO_TEST_CASE(the_orientation_is_applied) {
  const auto jpeg = still(640, 400, "a.jpg");
  const auto turned = inspect(with_exif(jpeg, 6));
  BOOST_REQUIRE(bool(turned));
  BOOST_TEST(turned->width == 400u);
  BOOST_TEST(turned->height == 640u);
  const auto shown = pixels(turned->thumbnail, "t.jpg");
  BOOST_TEST(at(shown, 100, 20).is_red());
  BOOST_TEST(at(shown, 100, 180).is_blue());

  const auto mirrored = inspect(with_exif(jpeg, 2));
  BOOST_REQUIRE(bool(mirrored));
  BOOST_TEST(mirrored->width == 640u);
  BOOST_TEST(at(pixels(mirrored->thumbnail, "t.jpg"), 20, 100).is_blue());
}

// Where a picture was taken must not be in what everybody sees.
BOOST_AUTO_TEST_CASE(no_exif_gps_or_profile_is_left) {
  const auto picture = with_exif(still(640, 400, "a.jpg"), 1);
  BOOST_TEST(contains(picture, "1999:12:31"));
  const auto info = inspect(picture);
  BOOST_REQUIRE(bool(info));
  for (const auto& made : {info->thumbnail, info->placeholder}) {
    for (const auto* trace : {"1999:12:31", "Exif", "ICC_PROFILE", "EXIF", "ICCP", "http:"}) {
      BOOST_TEST(!contains(made, trace), trace);
    }
  }
}

BOOST_AUTO_TEST_CASE(transparency_becomes_white) {
  for (const auto* name : {"a.png", "a.webp"}) {
    BOOST_TEST_CONTEXT(name) {
      const auto clear =
          make("-f lavfi -i color=black@0:s=300x300:d=1:r=1,format=rgba -frames:v 1", name);
      const auto info = inspect(clear);
      BOOST_REQUIRE_MESSAGE(bool(info), (info ? "" : info.error().message()));
      BOOST_TEST(at(pixels(info->thumbnail, "t.jpg"), 100, 100).is_white());
    }
  }
}

BOOST_AUTO_TEST_CASE(grey_deep_and_palette_pictures_are_shown_in_colour) {
  for (const auto* form : {"gray", "gray16be", "rgb48be", "rgba64be", "ya8", "pal8", "monob"}) {
    BOOST_TEST_CONTEXT(form) {
      const auto info = inspect(make(halves(400, 400) + "-frames:v 1 -pix_fmt " + form, "a.png"));
      BOOST_REQUIRE_MESSAGE(bool(info), (info ? "" : info.error().message()));
      BOOST_TEST(pixels(info->thumbnail, "t.jpg").size() == thumbnail_pixel_bytes);
    }
  }
}

BOOST_AUTO_TEST_CASE(an_animation_counts_its_frames_and_shows_the_first) {
  const auto frames = std::string("-f lavfi -i testsrc=s=100x60:r=5:d=2 ");
  const auto gif = inspect(make(frames, "a.gif"));
  BOOST_REQUIRE(bool(gif));
  BOOST_TEST(gif->frames == 10u);
  BOOST_TEST(gif->height == 60u);
  const auto webp = inspect(make(frames + "-c:v libwebp_anim", "a.webp"));
  BOOST_REQUIRE(bool(webp));
  BOOST_TEST(webp->frames == 10u);
}

BOOST_AUTO_TEST_CASE(the_name_of_a_file_does_not_count) {
  const auto png = still(300, 200, "a.png");
  std::filesystem::rename(folder / "a.png", folder / "b.jpg");
  BOOST_TEST((inspect(read(folder / "b.jpg"))->format == image_format::png));
  BOOST_TEST(format_name(image_format::png) == "png");
  BOOST_TEST(media_type(image_format::png) == "image/png");
}

BOOST_AUTO_TEST_SUITE_END()
