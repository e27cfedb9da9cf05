// Images of streams: what a person does with them. The bytes lie in the blob store; here is what is
// known about them and who may see them. Core strand; what is returned has been written to the log.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "node/images/image_view.hpp"
#include "node/journal/journal.hpp"
#include "store/base/random.hpp"

namespace hearth::images {

struct image_facts {
  std::string id;
  node_id owner;
  bool own = false;
  visibility seen_by = visibility::owner_only;
  image_form form;
};

class images {
 public:
  images(journal::journal& journal, random_source& random, std::size_t max_per_stream,
         journal::change_listener on_change);

  /// errc::too_many (own ones count), bad_field; the blobs of the form must be in the store.
  result<image_facts> add(image_form form, visibility seen_by);
  /// errc::too_many without writing anything: asked before an upload is taken.
  result<void> check_room(std::string_view stream_id) const;
  /// errc::unknown_image also for what this audience may not see.
  result<image_facts> get(std::string_view id, audience who) const;
  /// Of one stream, or of all for an empty id; newest first.
  std::vector<image_facts> list(std::string_view stream_id, audience who) const;
  /// errc::not_own for images of other nodes.
  result<image_facts> set_visibility(std::string_view id, visibility seen_by);
  result<image_facts> remove(std::string_view id);
  /// All own images of a stream that is being deleted.
  result<void> remove_all_of(std::string_view stream_id);
  std::size_t count() const { return view_.all({}).size(); }

  /// Whether some image that this audience may see needs a blob (as its content or thumbnail).
  bool needs(const bytes32& blob, audience who) const;
  /// Whether other nodes are given a blob for the sake of an own image.
  bool serves(const bytes32& blob) const;
  /// Whether an own image that other nodes may not see needs a blob.
  bool hides(const bytes32& blob) const;
  /// Told of blobs that an image, which was deleted or withdrawn, no longer needs; others may.
  void on_unneeded(std::function<void(const bytes32&)> listener) {
    unneeded_ = std::move(listener);
  }
  /// After journal::rebuild(): changes are announced from here on.
  void announce() { announcing_ = true; }

 private:
  void apply(const journal::operation& origin);
  image_facts facts_of(const image_entry& entry) const;
  result<const image_entry*> find_own(std::string_view id) const;
  result<void> write(image_operation operation);
  bool needs_own(const bytes32& blob, bool shared) const;

  journal::journal& journal_;
  random_source& random_;
  const std::size_t max_per_stream_;
  journal::change_listener on_change_;
  std::function<void(const bytes32&)> unneeded_;
  image_view view_;
  bool announcing_ = false;
};

}  // namespace hearth::images
