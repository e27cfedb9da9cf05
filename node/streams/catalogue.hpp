// The streams of all nodes as their operations describe them, and the keys of this node's own. A
// view: a function of the set of operations. Not thread-safe (core strand).
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "node/journal/operation.hpp"
#include "node/streams/errc.hpp"
#include "node/streams/stream_operation.hpp"

namespace hearth::streams {

struct stream_entry {
  std::string id;
  node_id owner;
  journal::last_write<stream_form> form;
  journal::last_write<std::optional<stream_ending>> ending;
  journal::stamp created;
  bool deleted = false;
};

class catalogue {
 public:
  /// Takes an operation of kind stream; returns the stream's id, or "" when it was not acceptable.
  std::string apply(const journal::operation& origin);
  void apply_secret(const journal::operation& origin);

  /// errc::unknown_stream also for deleted ones.
  result<const stream_entry*> find(std::string_view id) const;
  /// Not deleted ones, newest first.
  std::vector<const stream_entry*> all() const;

  /// The id that a key opens; "" when it opens none.
  std::string id_of_key(const std::string& key) const;
  /// The key of an own stream; "" when it has none.
  std::string key_of(std::string_view id) const;

 private:
  // Two authors could claim one id: each claim is kept, and the smallest author's is shown.
  std::map<std::string, std::map<node_id, stream_entry>, std::less<>> streams_;
  std::map<std::string, std::string, std::less<>> keys_;  // by stream id
  std::map<std::string, std::string> ids_;                // by key
};

}  // namespace hearth::streams
