#include "media/video/poster.hpp"

#include <algorithm>

#include "media/image/thumbnail.hpp"
#include "media/video/frame_pixels.hpp"

extern "C" {
#include <libavcodec/avcodec.h>
}

namespace hearth::video {
namespace {

constexpr std::int64_t most_frame_pixels = 40'000'000;
constexpr int most_packets = 3000;
constexpr std::int64_t latest = 10 * AV_TIME_BASE;
constexpr int poster_side = 640;

struct free_codec {
  void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
};
struct free_packet {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct free_frame {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
using codec_ptr = std::unique_ptr<AVCodecContext, free_codec>;
using packet_ptr = std::unique_ptr<AVPacket, free_packet>;
using frame_ptr = std::unique_ptr<AVFrame, free_frame>;

codec_ptr open_decoder(const AVStream& stream) {
  const auto* decoder = avcodec_find_decoder(stream.codecpar->codec_id);
  if (decoder == nullptr) return nullptr;
  codec_ptr codec(avcodec_alloc_context3(decoder));
  if (!codec || avcodec_parameters_to_context(codec.get(), stream.codecpar) < 0) return nullptr;
  codec->thread_count = 1;
  codec->max_pixels = most_frame_pixels;
  codec->skip_frame = AVDISCARD_NONKEY;
  if (avcodec_open2(codec.get(), decoder, nullptr) < 0) return nullptr;
  return codec;
}

/// The first frame that comes out from the present position on.
frame_ptr decode_frame(AVFormatContext& context, const AVStream& stream, AVCodecContext& codec) {
  const packet_ptr packet(av_packet_alloc());
  frame_ptr frame(av_frame_alloc());
  if (!packet || !frame) return nullptr;
  for (int i = 0; i < most_packets; ++i) {
    const bool ended = av_read_frame(&context, packet.get()) < 0;
    if (ended || packet->stream_index == stream.index) {
      avcodec_send_packet(&codec, ended ? nullptr : packet.get());
      if (avcodec_receive_frame(&codec, frame.get()) == 0) return frame;
    }
    av_packet_unref(packet.get());
    if (ended) break;
  }
  return nullptr;
}

}  // namespace

bytes make_poster(media_file& file, AVStream& stream, int quarter_turns) {
  auto& context = *file.context();
  const auto pixels = std::int64_t{stream.codecpar->width} * stream.codecpar->height;
  if (pixels > most_frame_pixels) return {};
  const auto codec = open_decoder(stream);
  if (!codec) return {};
  const auto start = context.start_time == AV_NOPTS_VALUE ? 0 : context.start_time;
  const auto wanted = start + std::clamp<std::int64_t>(context.duration / 10, 0, latest);
  av_seek_frame(&context, -1, wanted, AVSEEK_FLAG_BACKWARD);
  const auto frame = decode_frame(context, stream, *codec);
  if (!frame) return {};
  const auto picture = read_pixels(*frame, 2 * poster_side);
  if (picture.rgb.empty()) return {};
  auto jpeg =
      image::encode_jpeg(picture.rgb, picture.width, picture.height, poster_side, quarter_turns);
  if (!jpeg) return {};
  return std::move(*jpeg);
}

}  // namespace hearth::video
