// One sink that feeds several, in the order given: a publisher's session writes to one, the owner
// of the stream chooses which (ring, packager, statistics). Same thread as its caller.
#pragma once
#include <memory>
#include <vector>

#include "media/live/packet.hpp"

namespace hearth::live {

class fan_out final : public packet_sink {
 public:
  explicit fan_out(std::vector<std::shared_ptr<packet_sink>> sinks) : sinks_(std::move(sinks)) {}

  void on_config(const track_config& config) override {
    for (const auto& sink : sinks_)
      sink->on_config(config);
  }
  void on_packet(const packet& packet) override {
    for (const auto& sink : sinks_)
      sink->on_packet(packet);
  }
  void on_end(end_reason reason, std::string_view text) override {
    for (const auto& sink : sinks_)
      sink->on_end(reason, text);
  }

 private:
  const std::vector<std::shared_ptr<packet_sink>> sinks_;
};

}  // namespace hearth::live
