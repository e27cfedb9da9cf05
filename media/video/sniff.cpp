#include "media/video/sniff.hpp"

#include <algorithm>
#include <array>

namespace hearth::video {
namespace {

constexpr std::string_view ebml = "\x1a\x45\xdf\xa3";
constexpr std::string_view ebml_doc_type = "\x42\x82";
constexpr std::string_view asf_header(
    "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c", 16);

/// ISO 14496-12 files say in their first box what they are; older QuickTime files have no such box.
result<container> sniff_boxes(std::string_view head) {
  constexpr std::array<std::string_view, 5> quicktime{"moov", "mdat", "wide", "free", "skip"};
  const auto kind = head.substr(4, 4);
  if (kind != "ftyp") {
    const bool old = std::find(quicktime.begin(), quicktime.end(), kind) != quicktime.end();
    if (old) return container::mov;
    return errc::unsupported_format;
  }
  const auto brand = head.substr(8, 4);
  if (brand == "qt  ") return container::mov;
  if (brand.starts_with("M4V")) return container::m4v;
  return container::mp4;
}

/// The document type is one of the first elements; without one it is Matroska.
container sniff_ebml(std::string_view head) {
  const auto at = head.find(ebml_doc_type, ebml.size());
  if (at == std::string_view::npos || at > 64) return container::mkv;
  return head.substr(at + 3, 4) == "webm" ? container::webm : container::mkv;
}

}  // namespace

std::string_view container_name(container kind) {
  switch (kind) {
    case container::mp4:
      return "mp4";
    case container::m4v:
      return "m4v";
    case container::mov:
      return "mov";
    case container::mkv:
      return "mkv";
    case container::webm:
      return "webm";
    case container::avi:
      return "avi";
    case container::flv:
      return "flv";
    case container::wmv:
      return "wmv";
  }
  return "unknown";
}

std::string_view media_type(container kind) {
  switch (kind) {
    case container::mp4:
    case container::m4v:
      return "video/mp4";
    case container::mov:
      return "video/quicktime";
    case container::mkv:
      return "video/x-matroska";
    case container::webm:
      return "video/webm";
    case container::avi:
      return "video/x-msvideo";
    case container::flv:
      return "video/x-flv";
    case container::wmv:
      return "video/x-ms-wmv";
  }
  return "application/octet-stream";
}

const char* demuxer_name(container kind) {
  switch (kind) {
    case container::mp4:
    case container::m4v:
    case container::mov:
      return "mov";
    case container::mkv:
    case container::webm:
      return "matroska";
    case container::avi:
      return "avi";
    case container::flv:
      return "flv";
    case container::wmv:
      return "asf";
  }
  return "";
}

result<container> sniff_video(byte_view head) {
  const auto text = as_text(head);
  if (text.size() < 16) return errc::unsupported_format;
  if (text.starts_with(ebml)) return sniff_ebml(text);
  if (text.starts_with("RIFF") && text.substr(8, 4) == "AVI ") return container::avi;
  if (text.starts_with("FLV\x01")) return container::flv;
  if (text.starts_with(asf_header)) return container::wmv;
  return sniff_boxes(text);
}

}  // namespace hearth::video
