#include <boost/crc.hpp>
#include <boost/test/unit_test.hpp>

#include "pictures.hpp"

using namespace hearth::image;
using hearth::bytes;

namespace {

bytes text(std::string_view data) {
  const auto view = hearth::as_bytes(data);
  return {view.begin(), view.end()};
}

void png_chunk(hearth::byte_writer& out, std::string_view kind, hearth::byte_view data) {
  hearth::byte_writer named;
  named.raw(hearth::as_bytes(kind));
  named.raw(data);
  boost::crc_32_type crc;
  crc.process_bytes(named.view().data(), named.size());
  out.u32(static_cast<std::uint32_t>(data.size()));
  out.raw(named.view());
  out.u32(crc.checksum());
}

/// A PNG that announces a size and has next to nothing behind it.
bytes png_announcing(std::uint32_t width, std::uint32_t height) {
  hearth::byte_writer header;
  header.u32(width);
  header.u32(height);
  header.raw(bytes{8, 2, 0, 0, 0});
  hearth::byte_writer out;
  out.raw(hearth::as_bytes("\x89PNG\r\n\x1a\n"));
  png_chunk(out, "IHDR", header.view());
  png_chunk(out, "IDAT", bytes{0x78, 0x9c, 3, 0, 0, 0, 0, 1});
  png_chunk(out, "IEND", {});
  return out.take();
}

/// A GIF of that size with many frames of one pixel.
bytes gif_with(std::uint16_t side, int frames) {
  const auto low = static_cast<std::uint8_t>(side & 0xff);
  const auto high = static_cast<std::uint8_t>(side >> 8);
  bytes out = text("GIF89a");
  out.insert(out.end(), {low, high, low, high, 0x80, 0, 0, 0, 0, 0, 255, 255, 255});
  for (int i = 0; i < frames; ++i) {
    out.insert(out.end(), {0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0});
  }
  out.push_back(0x3b);
  return out;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(hostile, pictures)

BOOST_AUTO_TEST_CASE(a_bomb_is_refused_by_its_header) {
  const auto begin = std::chrono::steady_clock::now();
  BOOST_TEST((inspect(png_announcing(30'000, 30'000)).error() == errc::too_many_pixels));
  BOOST_TEST((inspect(gif_with(65'535, 1)).error() == errc::too_many_pixels));
  BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(5)));
}

BOOST_AUTO_TEST_CASE(an_endless_animation_is_refused) {
  BOOST_TEST((inspect(gif_with(10, 2'001)).error() == errc::too_many_frames));
  BOOST_TEST(bool(inspect(gif_with(10, 20))));
}

BOOST_AUTO_TEST_CASE(a_file_above_its_limit_is_not_even_read) {
  const auto picture = still(300, 200, "a.png");
  BOOST_TEST((inspect(picture, {.max_file_bytes = 10}).error() == errc::too_large));
  BOOST_TEST((inspect(picture, {.max_pixels = 59'999}).error() == errc::too_many_pixels));
  BOOST_TEST(bool(inspect(picture, {.max_pixels = 60'000})));
}

BOOST_AUTO_TEST_CASE(a_picture_cut_off_is_refused) {
  for (const auto* name : {"a.jpg", "a.png", "a.webp", "a.bmp"}) {
    BOOST_TEST_CONTEXT(name) {
      auto picture = make("-f lavfi -i testsrc2=s=800x600:d=1:r=1 -frames:v 1", name);
      for (const auto keep : {picture.size() / 2, std::size_t{40}, std::size_t{13}}) {
        const bytes cut(picture.begin(), picture.begin() + static_cast<std::ptrdiff_t>(keep));
        const auto info = inspect(cut);
        BOOST_REQUIRE(!info);
        const bool refused =
            info.error() == errc::damaged || info.error() == errc::unsupported_format;
        BOOST_TEST(refused, info.error().message());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_picture_is_refused) {
  const std::array<bytes, 9> others{
      bytes{},
      text("x"),
      text("<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>"),
      text("<?xml version='1.0'?><svg/>"),
      text("%PDF-1.7 and more"),
      text("II*\0 a TIFF, perhaps"),
      text(std::string_view("\0\0\0\x18"
                            "ftypheic",
                            12)),
      text("push graphic-context viewbox 0 0 640 480"),
      text("RIFF....WAVEfmt "),
  };
  for (const auto& other : others) {
    BOOST_TEST((inspect(other).error() == errc::unsupported_format));
  }
}

BOOST_AUTO_TEST_CASE(noise_behind_a_right_start_costs_nothing_but_the_job) {
  std::uint32_t state = 12345;
  for (const std::string_view start :
       {"\xff\xd8\xff\xe0", "\x89PNG\r\n\x1a\n", "GIF89a", "RIFF\xff\xff\xff\x7fWEBPVP8 ", "BM"}) {
    for (int round = 0; round < 3; ++round) {
      auto noise = text(start);
      for (int i = 0; i < 3000; ++i) {
        state = state * 1664525u + 1013904223u;
        noise.push_back(static_cast<std::uint8_t>(state >> 24));
      }
      BOOST_TEST(!inspect(noise));
    }
  }
  BOOST_TEST(bool(inspect(still(300, 200, "a.png"))));
}

// A real picture so large that the memory limit, not the pixel limit, must hold.
BOOST_AUTO_TEST_CASE(memory_and_time_limits_have_their_own_words) {
  const hearth::sandbox::descriptor file(
      ::open((folder / "a.png").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  const auto picture = still(4000, 4000, "a.png");
  const auto run_with = [&](hearth::sandbox::job_limits limits) {
    std::optional<hearth::result<bytes>> out;
    auto task = pool.run("image", encode_limits({}), file.get(), limits);
    boost::asio::co_spawn(io, keep(std::move(task), out), boost::asio::detached);
    io.restart();
    io.run();
    return out.value().error();
  };
  BOOST_TEST(
      (run_with({.memory_bytes = 8'000'000}) == hearth::sandbox::errc::worker_out_of_memory));
  BOOST_TEST((run_with({.wall = std::chrono::milliseconds(1)}) ==
              hearth::sandbox::errc::worker_timed_out));
}

BOOST_AUTO_TEST_SUITE_END()
