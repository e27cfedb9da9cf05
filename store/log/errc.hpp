// Errors of store/log.
#pragma once
#include <boost/system/error_category.hpp>
#include <boost/system/error_code.hpp>

#include "store/base/result.hpp"

namespace hearth::logs {

enum class errc {
  not_found = 1,  // no such entry
  gap,            // a run that starts after the entry we would need next
  forked,         // the author signed two histories under one number; both are kept, the log frozen
  frozen,         // the log was frozen by an earlier fork and takes nothing more
  broken_chain,   // entries that do not follow from one another, or a payload of another hash
  bad_signature,  // the author did not sign the last header of the run
  too_large,      // a payload or a run above its limit
  too_many,       // more logs than one space may have
  malformed,      // bytes that are not a header, a head or an entry
  newer_version,  // the store was written by a newer release
  locked,         // another process has the store open
  disk_full,      // no space left for the store
  corrupt,        // the store's files are damaged
  io_failed,      // any other failure to read or write the store
};

const boost::system::error_category& log_category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::logs

template <>
struct boost::system::is_error_code_enum<hearth::logs::errc> : std::true_type {};
