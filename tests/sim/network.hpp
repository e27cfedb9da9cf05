// A virtual network of gossip cores: one thread, one clock, one random source, hence repeatable.
#pragma once
#include <functional>
#include <map>
#include <queue>
#include <random>
#include <set>

#include "log_fixture.hpp"
#include "net/gossip/gossip_core.hpp"
#include "net/gossip/shared_entries.hpp"

namespace hearth::sim {

struct faults {
  milliseconds delay_least{1};
  milliseconds delay_most{5};  // messages overtake each other when the range is wide
  double loss = 0;
  double duplication = 0;
};

/// The seeds to try: HEARTH_SIM_SEED alone, or HEARTH_SIM_RUNS of them from 1 on.
std::vector<std::uint64_t> seeds(std::size_t usual_count);

class network {
 public:
  network(std::uint64_t seed, std::size_t nodes, faults with = {});

  std::size_t size() const { return nodes_.size(); }
  milliseconds now() const { return now_; }
  /// From 0 to below limit.
  std::size_t pick(std::size_t limit) { return engine_() % limit; }
  bool chance(double probability);

  void link(std::size_t a, std::size_t b);
  void cut(std::size_t a, std::size_t b);
  bool linked(std::size_t a, std::size_t b) const { return links_.contains(ordered(a, b)); }
  /// Links every two nodes for which this holds, and cuts the others.
  void shape(const std::function<bool(std::size_t, std::size_t)>& joined);
  void full_mesh();

  /// Appends an entry of this many random bytes.
  void append(std::size_t node, std::size_t size_bytes);
  /// The process ends and comes back with its store; its links are cut.
  void restart(std::size_t node);
  void set_faults(faults with) { faults_ = with; }

  void run_for(milliseconds span);
  /// Runs until all hold the same; false when that took longer than limit.
  bool converges_within(milliseconds limit);
  bool all_equal() const;

  /// Bytes of the frames sent so far, and of the entries that nodes appended.
  std::uint64_t bytes_moved() const { return bytes_moved_; }
  std::uint64_t bytes_appended() const { return bytes_appended_; }
  std::size_t entries_appended() const { return entries_appended_; }
  /// New entries that the nodes' cores reported.
  std::size_t entries_arrived() const { return entries_arrived_; }
  /// Other events than arrivals: there must be none among honest nodes.
  std::size_t alarms() const { return alarms_; }

 private:
  using pair = std::pair<std::size_t, std::size_t>;
  struct participant {
    explicit participant(std::uint64_t seed) : node(seed), entries(*node.store) {}
    logs::memory_node node;
    gossip::shared_entries entries;
    std::unique_ptr<gossip::gossip_core> core;
    milliseconds skew{0};
  };
  struct delivery {
    milliseconds at;
    std::uint64_t order;
    std::size_t from;
    std::size_t to;
    std::uint64_t link;  // a message does not outlive its link
    bytes frame;
    bool operator>(const delivery& other) const {
      return std::tie(at, order) > std::tie(other.at, other.order);
    }
  };

  static pair ordered(std::size_t a, std::size_t b) { return {std::min(a, b), std::max(a, b)}; }
  void start_core(participant& each);
  void collect(std::size_t node);
  void send(std::size_t from, std::size_t to, bytes frame);
  void deliver(const delivery& item);
  void step_to(milliseconds at);

  std::mt19937_64 engine_;
  faults faults_;
  milliseconds now_{0};
  std::vector<std::unique_ptr<participant>> nodes_;
  std::map<node_id, std::size_t> index_;
  std::map<pair, std::uint64_t> links_;
  std::uint64_t next_link_ = 1;
  std::uint64_t next_order_ = 0;
  std::priority_queue<delivery, std::vector<delivery>, std::greater<>> in_flight_;
  milliseconds next_tick_{0};
  std::uint64_t bytes_moved_ = 0;
  std::uint64_t bytes_appended_ = 0;
  std::size_t entries_appended_ = 0;
  std::size_t entries_arrived_ = 0;
  std::size_t alarms_ = 0;
};

}  // namespace hearth::sim
