#include "media/rtmp/player_batch.hpp"

#include <algorithm>

#include "media/rtmp/flv_mux.hpp"

namespace hearth::rtmp {
namespace {

constexpr std::size_t copied_below_bytes = 2048;  // cheaper than one more piece of a gathered write

message_type type_of(live::track_kind kind) {
  return kind == live::track_kind::video ? message_type::video : message_type::audio;
}

}  // namespace

void player_batch::clear() {
  own_.clear();
  pieces_.clear();
  kept_.clear();
  size_ = 0;
}

std::vector<boost::asio::const_buffer> player_batch::buffers() const {
  std::vector<boost::asio::const_buffer> out;
  out.reserve(pieces_.size());
  for (const auto& each : pieces_) {
    out.emplace_back(each.outside ? each.outside : own_.data() + each.offset, each.size);
  }
  return out;
}

void player_batch::own_since(std::size_t offset) {
  const auto size = own_.size() - offset;
  size_ += size;
  if (!pieces_.empty() && !pieces_.back().outside) {
    pieces_.back().size += size;
  } else {
    pieces_.push_back({nullptr, offset, size});
  }
}

void player_batch::refer(byte_view data) {
  size_ += data.size();
  pieces_.push_back({data.data(), 0, data.size()});
}

void player_batch::add_raw(byte_view chunks) {
  const auto from = own_.size();
  own_.insert(own_.end(), chunks.begin(), chunks.end());
  own_since(from);
}

void player_batch::add(const std::vector<live::ring_item>& items) {
  if (!started_ && !items.empty()) {
    started_ = true;
    add_metadata(items);
  }
  for (const auto& item : items) {
    if (const auto* config = std::get_if<live::shared_config>(&item)) {
      add_config(**config);
    } else {
      add_packet(std::get<live::packet>(item));
    }
  }
}

void player_batch::add_metadata(const std::vector<live::ring_item>& items) {
  std::vector<live::shared_config> tracks;
  for (const auto& item : items) {
    if (const auto* config = std::get_if<live::shared_config>(&item)) {
      tracks.push_back(*config);
    } else if (time_ms_ == 0) {
      time_ms_ = static_cast<std::uint32_t>(std::get<live::packet>(item).dts_ms);
    }
  }
  chunk_writer writer;
  writer.set_chunk_bytes(chunk_bytes_);
  const auto from = own_.size();
  writer.write(own_, media_chunk_stream,
               {message_type::data_amf0, time_ms_, message_stream_,
                write_amf0({"onMetaData", metadata_of(tracks)})});
  own_since(from);
}

void player_batch::add_config(const live::track_config& config) {
  codecs_[static_cast<std::size_t>(config.kind)] = config.codec;
  chunk_writer writer;
  writer.set_chunk_bytes(chunk_bytes_);
  const auto from = own_.size();
  writer.write(own_, media_chunk_stream,
               {type_of(config.kind), time_ms_, message_stream_, config_tag(config)});
  own_since(from);
}

void player_batch::add_packet(const live::packet& packet) {
  bytes head;
  append_packet_header(head, packet, codecs_[static_cast<std::size_t>(packet.kind)]);
  time_ms_ = static_cast<std::uint32_t>(packet.dts_ms);
  const chunk_header header(media_chunk_stream, type_of(packet.kind), time_ms_, message_stream_,
                            head.size() + packet.payload->size());
  auto from = own_.size();
  header.start(own_);
  own_.insert(own_.end(), head.begin(), head.end());
  byte_view rest(*packet.payload);
  auto room = chunk_bytes_ - head.size();
  bool referred = false;
  while (true) {
    const auto part = rest.first(std::min<std::size_t>(rest.size(), room));
    if (part.size() < copied_below_bytes) {
      own_.insert(own_.end(), part.begin(), part.end());
      own_since(from);
    } else {
      own_since(from);
      refer(part);
      referred = true;
    }
    from = own_.size();
    rest = rest.subspan(part.size());
    if (rest.empty()) break;
    header.go_on(own_);
    room = chunk_bytes_;
  }
  if (referred) kept_.push_back(packet.payload);
}

}  // namespace hearth::rtmp
