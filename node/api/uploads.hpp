// Takes a file out of a multipart request into the blob store while it arrives, with the fields
// that came beside it.
#pragma once
#include <map>
#include <string>

#include "node/api/services.hpp"
#include "node/http/multipart_reader.hpp"

namespace hearth::api {

struct uploaded_file {
  std::string file_name;
  blobs::stored_blob blob;
  /// Keeps what is stored until those who need it know of it.
  std::shared_ptr<blobs::unneeded_blobs::hold> hold;
  std::map<std::string, std::string> fields;
};

/// The part named "file" goes into the store; other parts are fields. Errors are ready to be
/// answered: 400 without a file, 413 above limit, 507 when the disk is full.
awaitable<http::answer<uploaded_file>> take_upload(http::request_context& context,
                                                   const services& with, std::uint64_t limit_bytes);

/// Stores bytes that were made here (a thumbnail) beside an uploaded file. On the worker.
result<blobs::stored_blob> store_bytes(blobs::local_blob_store& store,
                                       blobs::unneeded_blobs::hold& hold, byte_view content);

}  // namespace hearth::api
