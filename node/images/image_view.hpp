// Images of all nodes as their operations describe them. A view: a function of the set of
// operations. Not thread-safe (core strand).
#pragma once
#include <map>
#include <string>
#include <vector>

#include "node/images/errc.hpp"
#include "node/images/image_operation.hpp"
#include "node/journal/operation.hpp"

namespace hearth::images {

/// One life of an image in one space.
struct image_record {
  std::optional<image_form> form;
  journal::last_write<visibility> visible_to;
  bool withdrawn = false;
};

struct image_entry {
  std::string id;
  node_id owner;
  image_record own;  // local space
  std::map<std::uint32_t, image_record> shared;
  bool deleted = false;

  /// The newest shared life that is not over; null when there is none.
  const image_record* shared_record() const;
  /// Every form that was ever said, also of lives that are over.
  std::vector<const image_form*> forms() const;
  /// What is shown to those who may see it; null when the image is deleted.
  const image_record* shown() const;
  visibility seen_by() const;
};

class image_view {
 public:
  /// Returns the image's id, or "" when the operation was not acceptable.
  std::string apply(const journal::operation& origin);

  /// errc::unknown_image also for deleted ones.
  result<const image_entry*> find(std::string_view id) const;
  /// Also deleted ones; null when nothing was ever said about it.
  const image_entry* peek(std::string_view id) const;
  /// Of one stream, or of all for an empty id; newest first.
  std::vector<const image_entry*> all(std::string_view stream_id) const;

 private:
  // An id names its author, so nobody else can claim it.
  std::map<std::string, image_entry, std::less<>> images_;
};

}  // namespace hearth::images
