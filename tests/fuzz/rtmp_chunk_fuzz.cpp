// A whole RTMP session fed with hostile bytes in odd pieces. The first byte says how large the
// pieces are and whether a good handshake goes ahead. Every question is granted, every sink gets
// one end.
#include <algorithm>
#include <cstdlib>

#include "media/rtmp/session.hpp"

namespace {

using hearth::byte_view;
using hearth::bytes;
namespace rtmp = hearth::rtmp;
namespace live = hearth::live;

class zero_random final : public hearth::random_source {
 public:
  void fill(std::span<std::uint8_t> out) override {
    std::fill(out.begin(), out.end(), std::uint8_t{0});
  }
};

class checked_sink final : public live::packet_sink {
 public:
  ~checked_sink() override {
    if (ends_ != 1) std::abort();
  }
  void on_config(const live::track_config& config) override {
    if (ends_ > 0 || config.width < 0 || config.height < 0) std::abort();
  }
  void on_packet(const live::packet& packet) override {
    if (ends_ > 0 || !packet.payload || packet.payload->empty()) std::abort();
  }
  void on_end(live::end_reason, std::string_view) override { ++ends_; }

 private:
  int ends_ = 0;
};

void grant(rtmp::session& session) {
  if (session.asks() == rtmp::session::question::publish) {
    session.accept_publish(std::make_shared<checked_sink>());
  } else if (session.asks() == rtmp::session::question::play) {
    session.accept_play();
  }
}

/// False when the session is over.
bool feed(rtmp::session& session, byte_view data) {
  while (true) {
    const auto before = data.size();
    const auto ok = session.feed(data);
    (void)session.take_output();
    if (!ok) {
      session.fail(ok.error());
      return false;
    }
    const bool asked = session.asks() != rtmp::session::question::nothing;
    if (session.closing()) return false;
    if (!asked && data.empty()) return true;
    if (!asked && data.size() == before) std::abort();  // neither forward nor a question
    grant(session);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const bool greeted = (data[0] & 0x80) != 0;
  const std::size_t piece = std::size_t{data[0] & 0x7fu} + 1;
  zero_random random;
  rtmp::session session(random);
  if (greeted) {
    bytes opening(1 + 2 * rtmp::handshake_block_bytes);
    opening[0] = 3;
    feed(session, opening);
  }
  const byte_view all(data + 1, size - 1);
  for (std::size_t at = 0; at < all.size(); at += piece) {
    if (!feed(session, all.subspan(at, std::min(piece, all.size() - at)))) break;
  }
  return 0;
}
