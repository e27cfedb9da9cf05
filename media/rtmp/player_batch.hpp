// Ring items as RTMP chunks for one player, gathered for a single write: headers and small payloads
// in a buffer of its own, large payloads by reference.
#pragma once
#include <boost/asio/buffer.hpp>
#include <vector>

#include "media/live/stream_ring.hpp"
#include "media/rtmp/chunk_writer.hpp"

namespace hearth::rtmp {

class player_batch {
 public:
  player_batch(std::uint32_t message_stream, std::uint32_t chunk_bytes)
      : message_stream_(message_stream), chunk_bytes_(chunk_bytes) {}

  /// Bytes that are chunks already.
  void add_raw(byte_view chunks);
  /// Items in order. Configurations at the very start are announced by onMetaData first.
  void add(const std::vector<live::ring_item>& items);

  bool empty() const { return pieces_.empty(); }
  std::size_t size_bytes() const { return size_; }
  /// Valid until the batch changes.
  std::vector<boost::asio::const_buffer> buffers() const;
  /// Forgets what was sent; keeps the tracks.
  void clear();

 private:
  struct piece {
    const std::uint8_t* outside;  // null: in own_
    std::size_t offset;
    std::size_t size;
  };

  void add_metadata(const std::vector<live::ring_item>& items);
  void add_config(const live::track_config& config);
  void add_packet(const live::packet& packet);
  void own_since(std::size_t offset);
  void refer(byte_view data);

  const std::uint32_t message_stream_;
  const std::uint32_t chunk_bytes_;
  bool started_ = false;
  std::uint32_t time_ms_ = 0;
  std::array<live::codec_id, 2> codecs_{};  // by track_kind
  bytes own_;
  std::vector<piece> pieces_;
  std::vector<std::shared_ptr<const bytes>> kept_;
  std::size_t size_ = 0;
};

}  // namespace hearth::rtmp
