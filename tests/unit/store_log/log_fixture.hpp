// Stores in memory with a virtual clock and a repeatable random source.
#pragma once
#include <random>

#include "store/log/memory_backend.hpp"
#include "store/log/shared_log_store.hpp"

namespace hearth::logs {

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

/// One node's shared store.
struct memory_node {
  explicit memory_node(std::uint64_t seed)
      : random(seed),
        key(signing_key::generate(random)),
        stamps(std::make_shared<stamp_clock>(time)) {
    restart(std::make_unique<memory_backend>());
  }

  void restart(std::unique_ptr<memory_backend> with) {
    disk = with.get();
    store = *shared_log_store::open(std::move(with), key, random, stamps);
  }

  entry append(std::string_view text, std::uint16_t kind = 1) {
    const auto data = as_bytes(text);
    return *store->append(kind, bytes(data.begin(), data.end()));
  }

  manual_clock time;
  seeded_random random;
  signing_key key;
  std::shared_ptr<stamp_clock> stamps;
  memory_backend* disk = nullptr;
  std::unique_ptr<shared_log_store> store;
};

inline std::string text_of(const entry& item) {
  return std::string(as_text(item.payload));
}

}  // namespace hearth::logs
