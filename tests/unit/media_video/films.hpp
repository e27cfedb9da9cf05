// Short films made at test time by the ffmpeg program, and a pool to examine them with.
#pragma once
#include <fcntl.h>
#include <stdlib.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>

#include "media/sandbox/descriptor.hpp"
#include "media/video/inspect_video.hpp"

struct films {
  films() {
    auto name = (std::filesystem::temp_directory_path() / "hearth-video-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder = name;
  }
  ~films() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  films(const films&) = delete;
  films& operator=(const films&) = delete;

  /// Two seconds of 160x90 at 10 frames a second: red above, blue below.
  static std::string picture() {
    return "-f lavfi -i color=red:s=160x46:r=10:d=2 -f lavfi -i color=blue:s=160x44:r=10:d=2 ";
  }
  static std::string stacked(bool sound) {
    const std::string tone = sound ? "-f lavfi -i sine=f=440:d=2 " : "";
    return picture() + tone + "-filter_complex '[0][1]vstack[v]' -map '[v]' " +
           (sound ? "-map 2:a " : "");
  }

  std::filesystem::path make(const std::string& arguments, const std::string& name) const {
    const auto path = folder / name;
    const auto command = "ffmpeg -v error -y " + arguments + " " + path.string() + " </dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error(command);
    return path;
  }

  std::filesystem::path write(const hearth::bytes& content, const std::string& name) const {
    std::ofstream(folder / name, std::ios::binary)
        .write(reinterpret_cast<const char*>(content.data()),
               static_cast<std::streamsize>(content.size()));
    return folder / name;
  }

  static hearth::bytes read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  hearth::result<hearth::video::video_info> inspect(const std::filesystem::path& path) {
    const hearth::sandbox::descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::optional<hearth::result<hearth::video::video_info>> out;
    boost::asio::co_spawn(io, keep(hearth::video::inspect_video(pool, file.get()), out),
                          boost::asio::detached);
    io.restart();
    io.run();
    return std::move(out).value();
  }

  hearth::result<hearth::video::video_info> inspect_text(std::string_view text) {
    const auto view = hearth::as_bytes(text);
    return inspect(write({view.begin(), view.end()}, "text.mp4"));
  }

  static hearth::awaitable<void> keep(
      hearth::awaitable<hearth::result<hearth::video::video_info>> task,
      std::optional<hearth::result<hearth::video::video_info>>& out) {
    out = co_await std::move(task);
  }

  std::filesystem::path folder;
  boost::asio::io_context io;
  hearth::sandbox::worker_pool pool{io.get_executor()};
};
