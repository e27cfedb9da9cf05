// A lasting change as the views see it: an entry of some author's log, with where it came from.
#pragma once
#include <compare>
#include <cstdint>
#include <string>

#include "store/base/clock.hpp"
#include "store/base/signing.hpp"

namespace hearth::journal {

/// shared: copied to every member of the cluster. local: never leaves this node.
enum class space : std::uint8_t { shared = 1, local = 2 };

/// Names an operation for ever: its place in its author's log.
struct operation_id {
  node_id author;
  std::uint64_t incarnation = 0;
  std::uint64_t sequence = 0;

  auto operator<=>(const operation_id&) const = default;
  /// 16 hexadecimal digits of the id's BLAKE2b hash: what people and programs are shown.
  std::string text() const;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(author.key, incarnation, sequence);
  }
};

/// Orders changes for people and breaks ties: hybrid clock first, then the author. Never causality.
struct stamp {
  std::uint64_t clock = 0;
  operation_id id;

  auto operator<=>(const stamp&) const = default;
  milliseconds time() const { return hybrid_clock::wall_of(clock); }
};

/// What kind of payload an operation carries. Numbers are part of the stored format: never reuse
/// one.
enum class kind : std::uint16_t {
  note = 1,
  stream = 2,
  stream_secret = 3,  // local only
  image = 4,
  video = 5,
  peer_address = 6,  // local only
};

struct operation {
  space where = space::shared;
  operation_id id;
  std::uint64_t clock = 0;
  kind what = kind::note;
  byte_view payload;

  stamp when() const { return {clock, id}; }
};

/// A field where the last writer wins, by stamp.
template <class T>
struct last_write {
  T value{};
  stamp written;

  /// Whether this write is the newest, and so was taken.
  bool set(T to, const stamp& at) {
    if (at < written) return false;
    value = std::move(to);
    written = at;
    return true;
  }
};

}  // namespace hearth::journal
