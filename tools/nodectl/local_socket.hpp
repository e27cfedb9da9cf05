// A blocking Unix socket in which every wait has a deadline; what Beast reads from and writes to.
#pragma once
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <chrono>
#include <filesystem>

#include "store/base/errc.hpp"

namespace hearth::nodectl {

class local_socket {
 public:
  explicit local_socket(std::chrono::milliseconds limit) : limit_(limit) {}
  ~local_socket();
  local_socket(const local_socket&) = delete;
  local_socket& operator=(const local_socket&) = delete;

  error_code connect(const std::filesystem::path& path);
  void limit(std::chrono::milliseconds value) { limit_ = value; }

  // Beast's SyncReadStream and SyncWriteStream.
  template <class Buffers>
  std::size_t read_some(const Buffers& into, error_code& failed) {
    for (auto at = boost::asio::buffer_sequence_begin(into);
         at != boost::asio::buffer_sequence_end(into); ++at) {
      const boost::asio::mutable_buffer one(*at);
      if (one.size() > 0) return read_bytes(one.data(), one.size(), failed);
    }
    return 0;
  }
  template <class Buffers>
  std::size_t write_some(const Buffers& from, error_code& failed) {
    for (auto at = boost::asio::buffer_sequence_begin(from);
         at != boost::asio::buffer_sequence_end(from); ++at) {
      const boost::asio::const_buffer one(*at);
      if (one.size() > 0) return write_bytes(one.data(), one.size(), failed);
    }
    return 0;
  }
  template <class Buffers>
  std::size_t read_some(const Buffers& into) {
    error_code failed;
    const auto count = read_some(into, failed);
    if (failed) throw boost::system::system_error(failed);
    return count;
  }
  template <class Buffers>
  std::size_t write_some(const Buffers& from) {
    error_code failed;
    const auto count = write_some(from, failed);
    if (failed) throw boost::system::system_error(failed);
    return count;
  }

 private:
  bool wait(short what, error_code& failed);
  std::size_t read_bytes(void* into, std::size_t size, error_code& failed);
  std::size_t write_bytes(const void* from, std::size_t size, error_code& failed);

  std::chrono::milliseconds limit_;
  int descriptor_ = -1;
};

}  // namespace hearth::nodectl
