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
  /// Whether a person stopped an own stream: publishers are refused until it is started.
  bool is_stopped(std::string_view id) const { return stopped_.contains(id); }

 private:
  // An id names its author, so nobody else can claim it.
  std::map<std::string, stream_entry, std::less<>> streams_;
  std::map<std::string, std::string, std::less<>> keys_;  // by stream id
  std::map<std::string, std::string> ids_;                // by key
  std::set<std::string, std::less<>> stopped_;
};

}  // namespace hearth::streams
