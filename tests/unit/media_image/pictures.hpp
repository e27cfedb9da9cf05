// Pictures made at test time by the ffmpeg program, and a pool to examine them with.
#pragma once
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>

#include "media/image/inspect_image.hpp"
#include "media/sandbox/descriptor.hpp"

struct pictures {
  pictures() {
    auto name = (std::filesystem::temp_directory_path() / "hearth-image-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder = name;
  }
  ~pictures() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  pictures(const pictures&) = delete;
  pictures& operator=(const pictures&) = delete;

  /// Left half red, right half blue.
  static std::string halves(int width, int height) {
    const auto half = std::to_string(width / 2) + "x" + std::to_string(height);
    return "-f lavfi -i color=red:s=" + half + ":d=1:r=1 -f lavfi -i color=blue:s=" + half +
           ":d=1:r=1 -filter_complex hstack ";
  }

  /// What ffmpeg makes of these arguments, as the bytes of a file with that name.
  hearth::bytes make(const std::string& arguments, const std::string& name) const {
    const auto path = folder / name;
    const auto command = "ffmpeg -v error -y " + arguments + " " + path.string() + " </dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error(command);
    return read(path);
  }

  hearth::bytes still(int width, int height, const std::string& name) const {
    return make(halves(width, height) + "-frames:v 1", name);
  }

  /// A picture of any size, also an odd one.
  hearth::bytes scaled(int width, int height, const std::string& name) const {
    return make("-f lavfi -i testsrc=s=400x400:d=1:r=1 -frames:v 1 -vf scale=" +
                    std::to_string(width) + ":" + std::to_string(height),
                name);
  }

  static hearth::bytes read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  /// Width, height and RGB pixels of an encoded picture.
  hearth::bytes pixels(const hearth::bytes& picture, const std::string& name) const {
    const auto path = folder / name;
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(picture.data()),
               static_cast<std::streamsize>(picture.size()));
    return make("-i " + path.string() + " -f rawvideo -pix_fmt rgb24", "pixels.raw");
  }

  hearth::result<hearth::image::image_info> inspect(const hearth::bytes& content,
                                                    hearth::image::image_limits limits = {}) {
    const hearth::sandbox::descriptor file(::memfd_create("picture", MFD_CLOEXEC));
    if (::write(file.get(), content.data(), content.size()) < 0) throw std::runtime_error("write");
    std::optional<hearth::result<hearth::image::image_info>> out;
    boost::asio::co_spawn(io, keep(hearth::image::inspect_image(pool, file.get(), limits), out),
                          boost::asio::detached);
    io.restart();
    io.run();
    return std::move(out).value();
  }

  template <class T>
  static hearth::awaitable<void> keep(hearth::awaitable<hearth::result<T>> task,
                                      std::optional<hearth::result<T>>& out) {
    out = co_await std::move(task);
  }

  std::filesystem::path folder;
  boost::asio::io_context io;
  hearth::sandbox::worker_pool pool{io.get_executor()};
};

struct rgb {
  int red;
  int green;
  int blue;
  bool is_red() const { return red > 180 && blue < 80; }
  bool is_blue() const { return blue > 180 && red < 80; }
  bool is_white() const { return red > 240 && green > 240 && blue > 240; }
};

/// Pixel of a 200x200 picture.
inline rgb at(const hearth::bytes& pixels, std::size_t x, std::size_t y) {
  const auto place = (y * 200 + x) * 3;
  return {pixels.at(place), pixels.at(place + 1), pixels.at(place + 2)};
}

constexpr std::size_t thumbnail_pixel_bytes = 200 * 200 * 3;
