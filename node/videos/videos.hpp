// The video library of all nodes: what is known about each video, and which nodes have its bytes.
// Core strand; what is returned has been written to the log.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "node/journal/journal.hpp"
#include "node/videos/errc.hpp"
#include "node/videos/video_operation.hpp"
#include "store/base/random.hpp"

namespace hearth::videos {

struct video_facts {
  std::string id;
  node_id uploaded_by;
  video_form form;
  std::string name;
  std::vector<std::string> tags;
  std::vector<node_id> nodes;  // that have the bytes
};

enum class order { newest, oldest, name, size, duration };

class videos {
 public:
  videos(journal::journal& journal, random_source& random, journal::change_listener on_change);

  /// The blob of the form must be in the store. errc::bad_field.
  result<video_facts> add(video_form form, std::string name);
  result<video_facts> get(std::string_view id) const;
  /// Whose name or tags have every word of the query (all for an empty one).
  std::vector<video_facts> list(std::string_view query, order by) const;
  /// errc::bad_field.
  result<video_facts> change(std::string_view id, std::optional<std::string> name,
                             std::optional<std::vector<std::string>> tags);
  result<video_facts> remove(std::string_view id);
  std::size_t count() const;

  /// Whether some video needs a blob.
  bool needs(const bytes32& blob) const;
  /// Whether other nodes are given a blob: of a video whose bytes this node has said to have.
  bool serves(const bytes32& blob) const;
  /// Told of blobs that a deleted video no longer needs; others may.
  void on_unneeded(std::function<void(const bytes32&)> listener) {
    unneeded_ = std::move(listener);
  }
  /// This node has fetched a video's bytes, or no longer has them.
  result<void> note_copy(std::string_view id, bool has_copy);
  /// The same for every video with this content, which has just arrived.
  void note_copy_of(const bytes32& blob);
  /// After journal::rebuild(): changes are announced from here on.
  void announce() { announcing_ = true; }

 private:
  struct entry {
    journal::stamp created;  // of the form
    std::optional<video_form> form;
    journal::last_write<std::string> name;
    journal::last_write<std::vector<std::string>> tags;
    std::map<node_id, journal::last_write<bool>> holds;
    bool deleted = false;
    bool shown() const { return form && !deleted; }
    bool uses(const bytes32& blob) const { return form->content == blob || form->poster == blob; }
  };

  void apply(const journal::operation& origin);
  result<const entry*> find(std::string_view id) const;
  bool holds(const entry& of) const;
  static video_facts facts_of(const std::string& id, const entry& of);
  result<video_facts> write(video_operation operation);

  journal::journal& journal_;
  random_source& random_;
  journal::change_listener on_change_;
  std::function<void(const bytes32&)> unneeded_;
  std::map<std::string, entry, std::less<>> entries_;
  bool announcing_ = false;
};

}  // namespace hearth::videos
