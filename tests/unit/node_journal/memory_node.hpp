// What a domain needs of a node: both spaces of logs in memory, a journal, a clock that the test
// sets and a repeatable random source.
#pragma once
#include <boost/test/unit_test.hpp>
#include <random>

#include "node/journal/journal.hpp"
#include "store/log/memory_backend.hpp"

namespace hearth::journal_test {

class manual_clock final : public clock {
 public:
  milliseconds wall() const override { return now; }
  milliseconds steady() const override { return now; }
  milliseconds now{1'800'000'000'000};
};

class seeded_random final : public random_source {
 public:
  explicit seeded_random(std::uint64_t seed) : engine_(seed) {}
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out)
      byte = static_cast<std::uint8_t>(engine_());
  }

 private:
  std::mt19937_64 engine_;
};

struct memory_node {
  explicit memory_node(std::uint64_t seed)
      : random(seed),
        key(signing_key::generate(random)),
        stamps(std::make_shared<logs::stamp_clock>(time)) {
    auto in_shared = std::make_unique<logs::memory_backend>();
    auto in_local = std::make_unique<logs::memory_backend>();
    shared_disk = in_shared.get();
    local_disk = in_local.get();
    shared = *logs::shared_log_store::open(std::move(in_shared), key, random, stamps);
    local = *logs::local_log_store::open(std::move(in_local), key, random, stamps);
    restart();
  }

  /// A new journal over the same logs, as after a restart; it has no views yet.
  void restart() { journal = std::make_unique<journal::journal>(*shared, *local, time); }

  /// Gives the other node all of the shared space that it lacks.
  void send_to(memory_node& other) {
    for (const auto& [log, last] : shared->versions()) {
      const auto theirs = other.shared->versions();
      auto from = theirs.contains(log) ? theirs.at(log).next() : logs::seq_no{1};
      while (from <= last) {
        auto run = shared->read_run(log, from, 1 << 20);
        BOOST_REQUIRE(run);
        from = run->entries.back().header.seq.next();
        auto stored = other.shared->ingest(*run);
        BOOST_REQUIRE(stored);
        other.journal->take_in(stored->stored);
      }
    }
  }

  /// How many entries the shared space has, from all nodes.
  std::size_t shared_entries() const {
    std::size_t count = 0;
    BOOST_REQUIRE(shared->for_each([&count](const logs::entry&) { ++count; }));
    return count;
  }

  /// Whether a text stands anywhere in what other nodes are given.
  bool shares(std::string_view text) const {
    bool found = false;
    BOOST_REQUIRE(shared->for_each([&](const logs::entry& entry) {
      found |= as_text(entry.payload).find(text) != std::string_view::npos;
    }));
    return found;
  }

  manual_clock time;
  seeded_random random;
  signing_key key;
  std::shared_ptr<logs::stamp_clock> stamps;
  logs::memory_backend* shared_disk = nullptr;
  logs::memory_backend* local_disk = nullptr;
  std::unique_ptr<logs::shared_log_store> shared;
  std::unique_ptr<logs::local_log_store> local;
  std::unique_ptr<journal::journal> journal;
};

inline bytes payload(std::string_view text) {
  const auto data = as_bytes(text);
  return {data.begin(), data.end()};
}

}  // namespace hearth::journal_test
