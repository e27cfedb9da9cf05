// Errors of node/notes.
#pragma once
#include "store/base/errc.hpp"

namespace hearth::notes {

enum class errc {
  unknown_note = 1,  // no note with this id, or it was deleted
  unknown_version,   // no such version of this note
  bad_position,      // an edit that reaches past the end of the text
  too_large,         // the text would be above notes.max_mb
  not_owner,         // only the node that shared a note can make it private again
  bad_field,         // a title, tag or text that is too long or not UTF-8
};

const boost::system::error_category& notes_category();
boost::system::error_code make_error_code(errc value);

}  // namespace hearth::notes

template <>
struct boost::system::is_error_code_enum<hearth::notes::errc> : std::true_type {};
