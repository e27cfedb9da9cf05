#include "node/api/answers.hpp"

#include <map>

#include "media/image/errc.hpp"
#include "media/sandbox/errc.hpp"
#include "media/video/errc.hpp"
#include "net/transport/errc.hpp"
#include "net/wire/errc.hpp"
#include "node/images/errc.hpp"
#include "node/notes/errc.hpp"
#include "node/peers/errc.hpp"
#include "node/streams/errc.hpp"
#include "node/videos/errc.hpp"
#include "store/blobs/errc.hpp"
#include "store/log/errc.hpp"

namespace hearth::api {
namespace {

struct meaning {
  unsigned status;
  const char* code;
  const char* hint;
};

using meanings = std::map<error_code, meaning>;

void add_domain_errors(meanings& out) {
  const char* look = "The list shows what there is; it may have been deleted meanwhile.";
  const char* owner = "Do this on the node that owns it; the Peers page shows its address.";
  out[streams::errc::unknown_stream] = {404, "not_found", look};
  out[streams::errc::not_own] = {403, "not_owner", owner};
  out[streams::errc::bad_field] = {400, "bad_field", "Check the name, description and presets."};
  out[images::errc::unknown_image] = {404, "not_found", look};
  out[images::errc::not_own] = {403, "not_owner", owner};
  out[images::errc::too_many] = {409, "too_many_images",
                                 "Delete an image of this stream, or raise images.max_per_stream."};
  out[images::errc::bad_field] = {400, "bad_field", "Check the stream and the file name."};
  out[videos::errc::unknown_video] = {404, "not_found", look};
  out[videos::errc::bad_field] = {400, "bad_field", "A name has 1 to 400 bytes, a tag 1 to 100."};
  out[notes::errc::unknown_note] = {404, "not_found", look};
  out[notes::errc::unknown_version] = {409, "unknown_version",
                                       "GET the note or its versions, and use one of those."};
  out[notes::errc::bad_position] = {400, "bad_position",
                                    "Positions count Unicode code points of the base version."};
  out[notes::errc::too_large] = {413, "note_too_large", "Split the note, or raise notes.max_mb."};
  out[notes::errc::not_owner] = {403, "not_owner", owner};
  out[notes::errc::bad_field] = {400, "bad_field",
                                 "A title has at most 500 bytes; tags have 1 to 100, at most 64."};
}

void add_media_errors(meanings& out) {
  const char* formats = "Upload a JPEG, PNG, GIF, WebP or BMP image.";
  const char* again = "Upload the original file again.";
  out[image::errc::unsupported_format] = {415, "unsupported_image", formats};
  out[image::errc::damaged] = {422, "damaged_image", again};
  out[image::errc::too_many_pixels] = {422, "image_too_large", "Scale the image down first."};
  out[image::errc::too_many_frames] = {422, "image_too_large", "Shorten the animation first."};
  out[image::errc::too_large] = {413, "image_too_large", "Scale the image down first."};
  out[video::errc::unsupported_format] = {415, "unsupported_video",
                                          "Upload MP4, MOV, M4V, MKV, WebM, AVI, FLV or WMV."};
  out[video::errc::damaged] = {422, "damaged_video", again};
  out[video::errc::no_video] = {422, "no_video", "Upload a file with a moving picture in it."};
  const char* hostile = "The file made the decoder fail; only this upload was affected.";
  for (auto code : {sandbox::errc::worker_crashed, sandbox::errc::worker_broke_rules,
                    sandbox::errc::worker_timed_out, sandbox::errc::worker_out_of_memory,
                    sandbox::errc::answer_too_large, sandbox::errc::bad_answer}) {
    out[code] = {422, "undecodable", hostile};
  }
  out[sandbox::errc::queue_full] = {503, "busy", "Try again in a minute."};
}

void add_storage_errors(meanings& out) {
  const char* space = "Free some space on the disk of the data folder; nothing stored is lost.";
  out[hearth::errc::disk_full] = {507, "disk_full", space};
  out[logs::errc::disk_full] = {507, "disk_full", space};
  out[logs::errc::too_large] = {413, "too_large", "Split it into smaller parts."};
  out[hearth::errc::too_large] = {413, "too_large", ""};
  out[blobs::errc::too_large] = {413, "too_large", ""};
  out[hearth::errc::timed_out] = {504, "timed_out",
                                  "Try again; the Peers page shows what is wrong."};
  out[peers::errc::not_connected] = {
      503, "node_unreachable", "The node that has this is not reachable; the Peers page says why."};
  out[peers::errc::not_there] = {404, "not_found", "The other node no longer has this."};
  out[peers::errc::refused] = {403, "refused", "The other node does not share this."};
  out[peers::errc::busy] = {503, "busy", "Try again in a moment."};
  out[peers::errc::broken_answer] = {502, "bad_answer",
                                     "Is the other node of the same version as this one?"};
  out[peers::errc::bad_address] = {400, "bad_address", "For example 192.168.1.20:8481."};
}

const meanings& known() {
  static const meanings table = [] {
    meanings out;
    add_domain_errors(out);
    add_media_errors(out);
    add_storage_errors(out);
    return out;
  }();
  return table;
}

}  // namespace

http::api_error explain(error_code code) {
  const auto found = known().find(code);
  const auto& of = code.category();
  if (of == transport::transport_category() || of == wire::wire_category()) {
    return {503, "node_unreachable", code.message(), "The Peers page says how that node is."};
  }
  if (found == known().end()) {
    return {500, "failed", code.message(), "The node's log says more."};
  }
  const auto& [status, name, hint] = found->second;
  return {status, name, code.message(), hint};
}

http::response failure(error_code code) {
  return http::error_response(explain(code));
}

json::value time_value(milliseconds wall) {
  if (wall.count() == 0) return nullptr;
  return json::value(to_rfc3339(wall));
}

double seconds(milliseconds span) {
  return static_cast<double>(span.count()) / 1000.0;
}

}  // namespace hearth::api
