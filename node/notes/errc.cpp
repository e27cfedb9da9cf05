#include "node/notes/errc.hpp"

#include <string>

namespace hearth::notes {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "hearth.notes"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::unknown_note:
        return "there is no note with this id";
      case errc::unknown_version:
        return "the note has no such version";
      case errc::bad_position:
        return "the edit reaches past the end of the text";
      case errc::too_large:
        return "the note would become larger than notes.max_mb";
      case errc::not_owner:
        return "only the node that shared this note can make it private again";
      case errc::bad_field:
        return "a title, tag or text is too long or not valid UTF-8";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& notes_category() {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc value) {
  return {static_cast<int>(value), notes_category()};
}

}  // namespace hearth::notes
