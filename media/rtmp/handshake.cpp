#include "media/rtmp/handshake.hpp"

#include <algorithm>

#include "media/rtmp/handshake_digest.hpp"

namespace hearth::rtmp {
namespace {

constexpr std::uint8_t rtmp_version = 3;

}  // namespace

result<void> handshake::feed(byte_view& data, bytes& out) {
  while (!data.empty() && state_ != state::done) {
    if (state_ == state::version) {
      if (data.front() != rtmp_version) return errc::bad_version;
      data = data.subspan(1);
      state_ = state::first_block;
      continue;
    }
    const auto count = std::min(data.size(), handshake_block_bytes - block_.size());
    block_.insert(block_.end(), data.begin(), data.begin() + static_cast<std::ptrdiff_t>(count));
    data = data.subspan(count);
    if (block_.size() < handshake_block_bytes) break;
    if (state_ == state::first_block) {
      answer(out);
      state_ = state::second_block;
    } else {
      state_ = state::done;  // C2 echoes S1; clients differ in how well, so it is not compared
    }
    block_.clear();
  }
  return {};
}

void handshake::answer(bytes& out) {
  out.push_back(rtmp_version);
  bytes first(handshake_block_bytes);
  random_.fill(first);
  std::fill(first.begin(), first.begin() + 8, std::uint8_t{0});
  const auto digest = find_client_digest(block_);
  with_digest_ = digest.has_value();
  if (!digest) {
    out.insert(out.end(), first.begin(), first.end());
    out.insert(out.end(), block_.begin(), block_.end());
    return;
  }
  sign_server_block(first, digest->place);
  bytes second(handshake_block_bytes);
  random_.fill(second);
  sign_answer(second, digest->value);
  out.insert(out.end(), first.begin(), first.end());
  out.insert(out.end(), second.begin(), second.end());
}

}  // namespace hearth::rtmp
