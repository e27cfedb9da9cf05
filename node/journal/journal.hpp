// Truth and its readers: writes operations to this node's logs and hands every operation, its own
// and those of others, to the view of its kind. Views can be rebuilt from here at any time.
//
// Threads: all calls on one worker strand (they block on the disk). Errors: those of store/log.
#pragma once
#include <functional>
#include <map>
#include <vector>

#include "node/journal/operation.hpp"
#include "store/log/log_store.hpp"
#include "store/log/shared_log_store.hpp"

namespace hearth::journal {

/// What a page shows has changed; where views tell it.
struct change {
  std::string topic;   // "streams", "images", "videos", "notes", "peers", "status"
  std::string id;      // of the thing; empty: many
  std::string action;  // "created", "updated", "deleted"
};
using change_listener = std::function<void(const change&)>;

class journal {
 public:
  using view = std::function<void(const operation&)>;

  journal(logs::shared_log_store& shared, logs::local_log_store& local, const clock& time);

  /// Operations of this kind go to this view. At most one view a kind; before rebuild().
  void set_view(kind what, view apply);

  /// Replays both spaces into the views.
  result<void> rebuild();

  /// Durable when it returns; the view has it by then.
  result<operation_id> write(space where, kind what, bytes payload);

  /// Entries that came from another node and are stored.
  void take_in(const std::vector<logs::entry>& entries);

  /// Applies operations whose time, which lay far in the future when they came, is here.
  void tick();

  /// Called after each operation of this node's own shared log was written.
  void on_shared_write(std::function<void()> listener) { shared_written_ = std::move(listener); }

  const node_id& self() const { return shared_.own_log().author; }

 private:
  void deliver(const logs::entry& entry);
  void apply(const logs::entry& entry);

  logs::shared_log_store& shared_;
  logs::local_log_store& local_;
  const clock& time_;
  std::map<kind, view> views_;
  std::multimap<std::int64_t, logs::entry> future_;  // by wall milliseconds
  std::function<void()> shared_written_;
};

}  // namespace hearth::journal
