// Errors of store/blobs. File operations also give those of store/base: disk_full, io_failed.
#pragma once
#include "store/base/errc.hpp"

namespace hearth::blobs {

enum class errc {
  no_such_blob = 1,  // this store does not have it
  too_large,         // above max_blob_bytes
  wrong_piece,       // bytes that are not the piece they are said to be
  wrong_piece_list,  // a list that does not lead to the blob's name
  malformed,         // not a name, or not the form of a piece list
  incomplete,        // the bytes asked for have not been fetched yet
  damaged,           // what is stored no longer matches the blob's name
  out_of_range,      // an offset behind the blob's end
};

const boost::system::error_category& category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::blobs

template <>
struct boost::system::is_error_code_enum<hearth::blobs::errc> : std::true_type {};
