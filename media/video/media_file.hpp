// An open media file in libavformat: the demuxer is told, the bytes come from one descriptor, and
// nothing else can be opened whatever the file refers to. Only for the worker process.
#pragma once
#include <memory>

#include "media/video/sniff.hpp"

extern "C" {
#include <libavformat/avformat.h>
}

namespace hearth::video {

class media_file {
 public:
  /// Opens and reads the metadata. errc::damaged.
  static result<std::unique_ptr<media_file>> open(int file, container kind);
  ~media_file();
  media_file(const media_file&) = delete;
  media_file& operator=(const media_file&) = delete;

  AVFormatContext* context() { return context_; }
  std::uint64_t size() const { return static_cast<std::uint64_t>(size_); }
  /// The best stream of that kind, or null. Cover pictures do not count as video.
  AVStream* best(AVMediaType type);

 private:
  media_file(int file, std::int64_t size) : file_(file), size_(size) {}
  static int read(void* self, std::uint8_t* buffer, int length);
  static std::int64_t seek(void* self, std::int64_t offset, int whence);
  result<void> start(container kind);

  int file_;
  std::int64_t size_;
  std::int64_t position_ = 0;
  AVIOContext* io_ = nullptr;
  AVFormatContext* context_ = nullptr;
};

/// First bytes of a file, at most length.
bytes read_head(int file, std::size_t length);

}  // namespace hearth::video
