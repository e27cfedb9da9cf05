// What a node brings to a handshake: its key, the cluster's gates and who may come in.
#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "net/noise/primitives.hpp"
#include "net/transport/errc.hpp"
#include "store/base/clock.hpp"
#include "store/base/signing.hpp"

namespace hearth::transport {

/// What a link is for; part of the prologue, so that both ends agree or do not connect.
enum class purpose : std::uint8_t { control = 1, bulk = 2 };

/// derive_key() whose result is wiped with its object.
noise::secret32 derive_secret(byte_view secret, std::string_view label);

/// What the cluster's secret opens at one epoch: both pre-shared keys, the cluster's id and the key
/// of the discovery tag, each derived by its own label. Secrets are wiped with the object.
class gate {
 public:
  /// The cluster's id is taken from its first secret; after a change of the secret the old id is
  /// given. errc::weak_secret below 16 bytes. The secret must be random: who records a handshake
  /// can try guesses at home.
  static result<gate> from_secret(byte_view secret, std::uint32_t epoch = 1);
  static result<gate> from_secret(byte_view secret, std::uint32_t epoch, const bytes32& cluster_id);

  std::uint32_t epoch() const { return epoch_; }
  const bytes32& cluster_id() const { return cluster_id_; }
  const noise::secret32& psk0() const { return psk0_; }
  const noise::secret32& psk3() const { return psk3_; }
  /// For announcement.hpp.
  const noise::secret32& announcement_key() const { return announcement_key_; }

 private:
  gate() = default;
  std::uint32_t epoch_ = 0;
  bytes32 cluster_id_{};
  noise::secret32 psk0_;
  noise::secret32 psk3_;
  noise::secret32 announcement_key_;
};

/// The gates that are open now, newest first: the present epoch and, for a grace period, the one
/// before. Thread-safe.
class gate_ring {
 public:
  static constexpr std::size_t most_gates = 4;

  explicit gate_ring(gate present);
  /// Replaces all; newest first, at least one; those beyond most_gates are dropped.
  void set(std::vector<gate> gates);
  gate newest() const;
  std::vector<gate> all() const;

 private:
  mutable std::mutex mutex_;
  std::vector<gate> gates_;
};

/// Who may have a link; asked once in each handshake, from any thread.
class member_policy {
 public:
  virtual ~member_policy() = default;
  virtual bool admits(const node_id& node) const = 0;
};

/// Versions that this node speaks. The handshake's own form is in the prologue; the link protocol's
/// is negotiated: the newest that both know.
struct protocol_versions {
  std::uint8_t handshake = 1;
  std::uint8_t oldest = 1;
  std::uint8_t newest = 1;
};

struct link_limits {
  std::size_t frame_bytes = 16 * 1024 * 1024;
  std::size_t queue_bytes = 32 * 1024 * 1024;
  milliseconds write_deadline{30'000};  // for each 64 KiB or so
};

/// Everything that dial() and listener need to know, shared by all links of a node.
struct link_context {
  signing_key key;
  std::shared_ptr<const gate_ring> gates;
  std::shared_ptr<const member_policy> policy;
  random_source& random = system_random();
  const clock& time = system_clock();
  protocol_versions versions{};
  link_limits limits{};
};

}  // namespace hearth::transport
