// The stored form of a change to a note. One change is one operation, however many fields it
// touches.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "node/notes/text_graph.hpp"

namespace hearth::notes {

enum class removal : std::uint8_t {
  none = 0,
  deleted = 1,       // gone, unless somebody edited it at the same time
  made_private = 2,  // by who shared it; final for this generation
};

/// A tag taken off: only the additions named here, so that one made at the same time stays.
struct tag_removal {
  std::string tag;
  std::vector<journal::operation_id> additions;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(tag, additions);
  }
};

struct note_operation {
  std::uint8_t format = 1;
  std::string note_id;
  /// 0 in the local space; each time the note is shared it starts the next generation.
  std::uint32_t generation = 0;
  bool creates = false;
  /// Empty for what creates, and only there (made_private may have none, too).
  std::vector<journal::operation_id> parents;
  std::vector<text_edit> edits;
  std::optional<std::string> title;
  std::vector<std::string> tags_added;
  std::vector<tag_removal> tags_removed;
  removal removes = removal::none;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(format, note_id, generation, creates, parents, edits, title, tags_added, tags_removed,
            removes);
  }
};

/// Whether views take the operation: errc::bad_field or too_large for one outside the limits below,
/// or of an impossible form. A function of the operation alone, so that every node decides alike.
result<void> check_operation(const note_operation& operation);

bytes encode_operation(const note_operation& operation);
/// Errors of check_operation(), and errc::malformed of store/base.
result<note_operation> decode_operation(byte_view payload);

inline constexpr std::size_t max_title_bytes = 500;
inline constexpr std::size_t max_tag_bytes = 100;
inline constexpr std::size_t max_tags = 64;  // of a draft or patch, and added by one operation
inline constexpr std::size_t max_edits = 1000;
inline constexpr std::size_t max_inserted_bytes = 12 * 1024 * 1024;  // by all edits together
inline constexpr std::size_t max_parents = 1024;
inline constexpr std::uint32_t max_generation = 1'000'000;

bool good_title(std::string_view title);
bool good_tags(const std::vector<std::string>& tags);

}  // namespace hearth::notes
