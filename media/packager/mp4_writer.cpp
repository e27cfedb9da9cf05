#include "media/packager/mp4_writer.hpp"

extern "C" {
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
}

#include <mutex>

#include "media/packager/avc_record.hpp"
#include "media/packager/timeline.hpp"
#include "store/base/log.hpp"

namespace hearth::packager {
namespace {

constexpr std::int64_t video_ticks = 90'000;
constexpr int largest_side = 16'384;
constexpr int io_buffer_bytes = 32 * 1024;

// Fragments begin on the caller's word; everything a player needs stands in the init segment.
constexpr const char* fragment_flags = "frag_custom+empty_moov+default_base_moof+skip_trailer";

int append_to(void* opaque, std::uint8_t* data, int size) {
  auto& out = *static_cast<bytes*>(opaque);
  out.insert(out.end(), data, data + size);
  return size;
}

void log_line(void*, int level, const char* format, va_list arguments) {
  if (level > AV_LOG_WARNING) return;
  char text[512];
  std::vsnprintf(text, sizeof text, format, arguments);
  log::debug("packager", log::printable(text));
}

void take_over_log() {
  static std::once_flag once;
  std::call_once(once, [] { av_log_set_callback(log_line); });
}

std::string reason_of(int code) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(code, text, sizeof text);
  return text;
}

result<void> muxer_error(int code, std::string_view what) {
  log::warn("packager", std::string(what) + ": " + reason_of(code));
  return errc::muxer_failed;
}

result<AVCodecID> codec_of(live::codec_id codec) {
  switch (codec) {
    case live::codec_id::h264:
      return AV_CODEC_ID_H264;
    case live::codec_id::hevc:
      return AV_CODEC_ID_HEVC;
    case live::codec_id::av1:
      return AV_CODEC_ID_AV1;
    case live::codec_id::vp9:
      return AV_CODEC_ID_VP9;
    case live::codec_id::aac:
      return AV_CODEC_ID_AAC;
    case live::codec_id::opus:
      return AV_CODEC_ID_OPUS;
    case live::codec_id::unknown:
      break;
  }
  return errc::unsupported_codec;
}

// The least that the muxer's own reading of the record relies on.
bool plausible_record(const live::track_config& config) {
  const auto& record = config.record;
  switch (config.codec) {
    case live::codec_id::h264:
      return record.size() >= 8 && record[0] == 1;
    case live::codec_id::hevc:
      return record.size() >= 23 && record[0] == 1;
    case live::codec_id::av1:
      return record.size() >= 4 && record[0] == 0x81;
    case live::codec_id::vp9:
      return record.size() >= 12 && record[0] == 1;
    case live::codec_id::aac:
      return read_aac_config(record).has_value();
    case live::codec_id::opus:
      return record.size() >= 19 && as_text(record).starts_with("OpusHead");
    case live::codec_id::unknown:
      break;
  }
  return false;
}

result<picture_size> size_of(const live::track_config& config) {
  if (config.codec == live::codec_id::h264) return read_avc_size(config.record);
  if (config.codec == live::codec_id::hevc) return read_hevc_size(config.record);
  const picture_size said{config.width, config.height};
  if (said.width <= 0 || said.height <= 0) return errc::bad_dimensions;
  if (said.width > largest_side || said.height > largest_side) return errc::bad_dimensions;
  return said;
}

AVPixelFormat vp9_format(byte_view record) {
  const int depth = record[6] >> 4;
  const int chroma = record[6] >> 1 & 7;
  if (depth > 8) return depth > 10 ? AV_PIX_FMT_YUV420P12 : AV_PIX_FMT_YUV420P10;
  if (chroma == 3) return AV_PIX_FMT_YUV444P;
  return chroma == 2 ? AV_PIX_FMT_YUV422P : AV_PIX_FMT_YUV420P;
}

result<void> describe_video(AVCodecParameters& to, const live::track_config& config) {
  const auto size = size_of(config);
  if (!size) return errc::bad_dimensions;
  to.codec_type = AVMEDIA_TYPE_VIDEO;
  to.width = size->width;
  to.height = size->height;
  // hvc1 (parameter sets in the record only) is what Safari plays.
  if (to.codec_id == AV_CODEC_ID_HEVC) to.codec_tag = MKTAG('h', 'v', 'c', '1');
  if (to.codec_id == AV_CODEC_ID_VP9) {
    to.profile = config.record[4];
    to.level = config.record[5];
    to.format = vp9_format(config.record);
  }
  return {};
}

void describe_audio(AVCodecParameters& to, const live::track_config& config, std::int64_t rate) {
  to.codec_type = AVMEDIA_TYPE_AUDIO;
  to.sample_rate = static_cast<int>(rate);
  int channels = config.channels;
  if (config.codec == live::codec_id::aac) {
    const auto facts = read_aac_config(config.record);
    if (facts->channels != 0) channels = facts->channels;
    to.frame_size = facts->frame_samples;
  } else if (config.codec == live::codec_id::opus) {
    channels = config.record[9];
  }
  av_channel_layout_default(&to.ch_layout, std::clamp(channels, 1, 8));
}

}  // namespace

struct mp4_writer::state {
  AVFormatContext* context = nullptr;
  AVPacket* packet = nullptr;
  bytes out;
  struct track {
    int ticks;    // a second, as the caller counts
    bool parsed;  // the muxer parses its frames, and may read past their end
  };
  std::vector<track> tracks;

  ~state() {
    if (packet != nullptr) {
      packet->data = nullptr;
      av_packet_free(&packet);
    }
    if (context == nullptr) return;
    if (context->pb != nullptr) {
      av_freep(&context->pb->buffer);
      avio_context_free(&context->pb);
    }
    avformat_free_context(context);
  }

  result<void> open() {
    take_over_log();
    if (const int code = avformat_alloc_output_context2(&context, nullptr, "mp4", nullptr);
        code < 0) {
      return muxer_error(code, "no mp4 muxer");
    }
    packet = av_packet_alloc();
    auto* buffer = static_cast<unsigned char*>(av_malloc(io_buffer_bytes));
    if (packet == nullptr || buffer == nullptr) throw std::bad_alloc();
    context->pb = avio_alloc_context(buffer, io_buffer_bytes, 1, &out, nullptr, append_to, nullptr);
    if (context->pb == nullptr) throw std::bad_alloc();
    context->flags |= AVFMT_FLAG_CUSTOM_IO;
    context->flags &= ~AVFMT_FLAG_AUTO_BSF;
    context->avoid_negative_ts = AVFMT_AVOID_NEG_TS_DISABLED;
    return {};
  }

  result<void> add_track(const live::track_config& config) {
    const auto codec = codec_of(config.codec);
    if (!codec) return codec.error();
    if (!plausible_record(config)) return errc::bad_config;
    const auto ticks = ticks_per_second(config);
    if (!ticks) return ticks.error();
    auto* stream = avformat_new_stream(context, nullptr);
    if (stream == nullptr) throw std::bad_alloc();
    auto& parameters = *stream->codecpar;
    parameters.codec_id = *codec;
    stream->time_base = {1, static_cast<int>(*ticks)};
    const auto size = config.record.size();
    parameters.extradata =
        static_cast<std::uint8_t*>(av_mallocz(size + AV_INPUT_BUFFER_PADDING_SIZE));
    if (parameters.extradata == nullptr) throw std::bad_alloc();
    std::copy(config.record.begin(), config.record.end(), parameters.extradata);
    parameters.extradata_size = static_cast<int>(size);
    tracks.push_back({static_cast<int>(*ticks), config.codec == live::codec_id::av1});
    if (config.kind == live::track_kind::video) return describe_video(parameters, config);
    describe_audio(parameters, config, *ticks);
    return {};
  }

  result<void> write_init() {
    AVDictionary* options = nullptr;
    av_dict_set(&options, "movflags", fragment_flags, 0);
    av_dict_set(&options, "use_editlist", "0", 0);
    av_dict_set(&options, "video_track_timescale", std::to_string(video_ticks).c_str(), 0);
    av_dict_set(&options, "brand", "iso6", 0);
    const int code = avformat_write_header(context, &options);
    av_dict_free(&options);
    if (code < 0) return muxer_error(code, "the MP4 header can't be written");
    avio_flush(context->pb);
    return {};
  }
};

result<std::int64_t> ticks_per_second(const live::track_config& config) {
  if (config.kind == live::track_kind::video) return video_ticks;
  if (config.codec == live::codec_id::opus) return 48'000;
  const auto facts = read_aac_config(config.record);
  if (!facts) return facts.error();
  return facts->sample_rate;
}

mp4_writer::mp4_writer(std::unique_ptr<state> made) : state_(std::move(made)) {}
mp4_writer::~mp4_writer() = default;

result<std::unique_ptr<mp4_writer>> mp4_writer::create(std::span<const live::track_config> tracks) {
  auto made = std::make_unique<state>();
  if (auto opened = made->open(); !opened) return opened.error();
  for (const auto& track : tracks) {
    if (auto added = made->add_track(track); !added) return added.error();
  }
  if (auto written = made->write_init(); !written) return written.error();
  std::unique_ptr<mp4_writer> writer(new mp4_writer(std::move(made)));
  writer->init_ = std::make_shared<const bytes>(std::exchange(writer->state_->out, {}));
  return writer;
}

result<void> mp4_writer::add(std::size_t track, const mp4_sample& sample) {
  auto& packet = *state_->packet;
  bytes copy;
  auto data = sample.data;
  if (state_->tracks[track].parsed) {
    copy.reserve(data.size() + AV_INPUT_BUFFER_PADDING_SIZE);
    copy.assign(data.begin(), data.end());
    copy.resize(data.size() + AV_INPUT_BUFFER_PADDING_SIZE);
    data = byte_view(copy).first(data.size());
  }
  if (samples_ == 0) {  // the fragment's base time is then that of its first sample
    av_opt_set(state_->context->priv_data, "movflags", "+frag_discont", 0);
  }
  packet.data = const_cast<std::uint8_t*>(data.data());  // the muxer only reads it
  packet.size = static_cast<int>(data.size());
  packet.stream_index = static_cast<int>(track);
  packet.dts = sample.dts;
  packet.pts = sample.pts;
  packet.duration = sample.duration;
  packet.flags = sample.key_frame ? AV_PKT_FLAG_KEY : 0;
  av_packet_rescale_ts(&packet, {1, state_->tracks[track].ticks},
                       state_->context->streams[track]->time_base);
  const int code = av_write_frame(state_->context, &packet);
  packet.data = nullptr;
  packet.size = 0;
  if (code < 0) return muxer_error(code, "a frame can't be written");
  ++samples_;
  fragment_bytes_ += sample.data.size();
  return {};
}

result<std::shared_ptr<const bytes>> mp4_writer::end_fragment() {
  if (const int code = av_write_frame(state_->context, nullptr); code < 0) {
    return muxer_error(code, "a fragment can't be written").error();
  }
  avio_flush(state_->context->pb);
  samples_ = 0;
  fragment_bytes_ = 0;
  auto out = std::make_shared<const bytes>(std::exchange(state_->out, {}));
  if (out->empty()) return errc::muxer_failed;
  return out;
}

}  // namespace hearth::packager
