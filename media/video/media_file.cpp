#include "media/video/media_file.hpp"

#include <unistd.h>

#include <cerrno>
#include <new>

namespace hearth::video {
namespace {

constexpr int io_buffer_bytes = 64 * 1024;
constexpr int most_streams = 64;
constexpr std::int64_t probe_bytes = 8 * 1024 * 1024;
constexpr std::int64_t probe_time = 5 * AV_TIME_BASE;

/// Files may name others (references in MOV, playlists): none is opened.
int open_nothing(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EACCES);
}

errc or_throw(int code) {
  if (code == AVERROR(ENOMEM)) throw std::bad_alloc();
  return errc::damaged;
}

}  // namespace

result<std::unique_ptr<media_file>> media_file::open(int file, container kind) {
  const auto size = ::lseek(file, 0, SEEK_END);
  if (size < 0) return errc::damaged;
  std::unique_ptr<media_file> out(new media_file(file, size));
  if (auto started = out->start(kind); !started) return started.error();
  return out;
}

media_file::~media_file() {
  avformat_close_input(&context_);
  if (io_ != nullptr) av_freep(&io_->buffer);
  avio_context_free(&io_);
}

result<void> media_file::start(container kind) {
  const auto* demuxer = av_find_input_format(demuxer_name(kind));
  auto* buffer = static_cast<std::uint8_t*>(av_malloc(io_buffer_bytes));
  if (demuxer == nullptr || buffer == nullptr) throw std::bad_alloc();
  io_ = avio_alloc_context(buffer, io_buffer_bytes, 0, this, read, nullptr, seek);
  context_ = avformat_alloc_context();
  if (io_ == nullptr || context_ == nullptr) throw std::bad_alloc();
  context_->pb = io_;
  context_->flags |= AVFMT_FLAG_CUSTOM_IO;
  context_->io_open = open_nothing;
  context_->max_streams = most_streams;
  context_->probesize = probe_bytes;
  context_->max_analyze_duration = probe_time;
  context_->protocol_whitelist = av_strdup("none");
  context_->format_whitelist = av_strdup(demuxer->name);
  // On failure it frees the context.
  if (const int code = avformat_open_input(&context_, "", demuxer, nullptr); code < 0) {
    return or_throw(code);
  }
  if (const int code = avformat_find_stream_info(context_, nullptr); code < 0) {
    return or_throw(code);
  }
  return {};
}

AVStream* media_file::best(AVMediaType type) {
  const int index = av_find_best_stream(context_, type, -1, -1, nullptr, 0);
  if (index < 0) return nullptr;
  auto* stream = context_->streams[index];
  return (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0 ? nullptr : stream;
}

int media_file::read(void* opaque, std::uint8_t* buffer, int length) {
  auto* self = static_cast<media_file*>(opaque);
  const auto count = ::pread(self->file_, buffer, static_cast<std::size_t>(length),
                             static_cast<::off_t>(self->position_));
  if (count < 0) return AVERROR(errno);
  if (count == 0) return AVERROR_EOF;
  self->position_ += count;
  return static_cast<int>(count);
}

std::int64_t media_file::seek(void* opaque, std::int64_t offset, int whence) {
  auto* self = static_cast<media_file*>(opaque);
  switch (whence & ~AVSEEK_FORCE) {
    case AVSEEK_SIZE:
      return self->size_;
    case SEEK_SET:
      break;
    case SEEK_CUR:
      offset += self->position_;
      break;
    case SEEK_END:
      offset += self->size_;
      break;
    default:
      return AVERROR(EINVAL);
  }
  if (offset < 0) return AVERROR(EINVAL);
  return self->position_ = offset;
}

bytes read_head(int file, std::size_t length) {
  bytes out(length);
  const auto count = ::pread(file, out.data(), out.size(), 0);
  out.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return out;
}

}  // namespace hearth::video
