#include "net/wire/deflate.hpp"

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/beast/zlib/inflate_stream.hpp>

namespace hearth::wire {
namespace {

namespace zlib = boost::beast::zlib;

constexpr std::size_t smallest_worth_it = 256;
constexpr std::size_t padding = 8;
constexpr int level = 4;
constexpr int window_bits = 15;
constexpr int memory_level = 8;

zlib::z_params buffers(byte_view in, bytes& out) {
  zlib::z_params at;
  at.next_in = in.data();
  at.avail_in = in.size();
  at.next_out = out.data();
  at.avail_out = out.size();
  return at;
}

}  // namespace

std::optional<bytes> deflate_if_smaller(byte_view data) {
  if (data.size() < smallest_worth_it || data.size() > max_deflate_bytes) return std::nullopt;
  bytes out(data.size() - data.size() / 8);
  auto at = buffers(data, out);
  zlib::deflate_stream stream;
  stream.reset(level, window_bits, memory_level, zlib::Strategy::normal);
  boost::beast::error_code error;
  stream.write(at, zlib::Flush::finish, error);
  if (error != zlib::error::end_of_stream) return std::nullopt;  // it did not fit
  out.resize(at.total_out);
  return out;
}

result<bytes> inflate(byte_view data, std::size_t size) {
  if (size > max_deflate_bytes) return errc::too_large;
  // Beast looks for the end mark only while more input is there than the mark is long, so some
  // zeros follow the stream, of which it may take a few.
  bytes padded(data.begin(), data.end());
  padded.resize(data.size() + padding);
  bytes out(size);
  auto at = buffers(padded, out);
  zlib::inflate_stream stream;
  boost::beast::error_code error;
  stream.write(at, zlib::Flush::finish, error);
  const bool whole =
      error == zlib::error::end_of_stream && at.total_in >= data.size() && at.total_out == size;
  if (!whole) return errc::malformed;
  return out;
}

}  // namespace hearth::wire
